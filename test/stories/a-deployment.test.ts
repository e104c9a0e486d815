import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gangway } from '../spawned.ts';

/** `gangway deploy` as a person types it, in a checkout whose stack and CDK say what they were asked and do nothing. */
describe('a deployment onto AWS', () => {
  let folder: string;
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gangway-checkout-'));
    // Builds the program where a source is newer.
    await gangway(['--version']);
    for (const part of ['bin', 'dist', 'package.json'])
      cpSync(resolve(part), join(folder, part), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    write('deploy/aws/package.json', '{ "type": "module" }');
    write('deploy/aws/node_modules/aws-cdk-lib/package.json', '{}');
    write('deploy/aws/node_modules/aws-cdk/package.json', '{}');
    write('deploy/aws/tsx.ts', '');
    write(
      'deploy/aws/app.ts',
      `import { mkdirSync, writeFileSync } from 'node:fs';
const out = process.env.CDK_OUTDIR;
mkdirSync(out, { recursive: true });
writeFileSync(out + '/Gangway.template.json', JSON.stringify({ Resources: { A: { Type: 'AWS::S3::Bucket' } } }));`,
    );
    write(
      'deploy/aws/node_modules/aws-cdk/bin/cdk',
      `require('node:fs').appendFileSync('asked', process.argv[2] + ' ');
console.log('[+] AWS::S3::Bucket A');`,
    );
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const deploy = (...args: string[]) =>
    gangway(['deploy', '--config', resolve('examples/jada/gangway.config.ts'), ...args], {
      program: join(folder, 'bin/gangway.js'),
    });
  const asked = () => readFileSync(join(folder, 'deploy/aws/asked'), 'utf8').trim().split(' ');

  it('shows what would change and what it costs, and changes nothing until somebody said so', async () => {
    const { code, out, err } = await deploy('--bookings', '100');
    expect([code, out]).toEqual([1, '']);
    const order = ['queenofsandiego.com', '[+] AWS::S3::Bucket A', 'dollars a month', 'Nothing was changed.'];
    const found = order.map(words => err.indexOf(words));
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found).not.toContain(-1);
    expect(asked()).toEqual(['diff']);
  });

  it('deploys what it showed where a script says yes, and tells where to look', async () => {
    const { code, out } = await deploy('--yes', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      resources: 1,
      cost: { bookings: 1000, total: expect.any(Number) },
      outputs: expect.stringContaining('outputs.json'),
    });
    expect(asked()).toEqual(['diff', 'diff', 'deploy']);
  });
});
