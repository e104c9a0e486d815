import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deploy, showDiff } from './deploy.ts';
import { outputsFile, stackFolder } from './stack-folder.ts';
import { synthesise } from './synthesise.ts';

const config = 'examples/jada/gangway.config.ts';
let folder: string;
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-stack-'));
  write('node_modules/aws-cdk-lib/package.json', '{}');
  write('package.json', '{ "type": "module" }');
  write('tsx.ts', '');
  write(
    'app.ts',
    `import { mkdirSync, writeFileSync } from 'node:fs';
const { CDK_OUTDIR: out, AWS_REGION: region, GANGWAY_CONFIG: config } = process.env;
mkdirSync(out, { recursive: true });
const Resources = { A: { Type: 'AWS::S3::Bucket' }, B: { Type: 'AWS::S3::Bucket' },
  F: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'gangway-crew' } } };
writeFileSync(out + '/Gangway.template.json', JSON.stringify({ Resources, region, config }));`,
  );
  // Stands in for the CDK's command line: notes what it was asked.
  write(
    'node_modules/aws-cdk/bin/cdk',
    `const { appendFileSync, existsSync } = require('node:fs');
appendFileSync('asked', JSON.stringify([process.env.AWS_REGION, ...process.argv.slice(2)]) + '\\n');
process.exit(existsSync('refuses') ? 1 : 0);`,
  );
  write('node_modules/aws-cdk/package.json', '{}');
});
afterEach(() => rmSync(folder, { recursive: true }));

const asked = () =>
  readFileSync(join(folder, 'asked'), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as string[]);

describe('the folder of the stack', () => {
  it('is refused where it is not, and where its packages are not installed, with the line that installs them', () => {
    expect(stackFolder(folder)).toBe(folder);
    rmSync(join(folder, 'node_modules', 'aws-cdk-lib'), { recursive: true });
    expect(() => stackFolder(folder)).toThrow(
      expect.objectContaining({
        code: 'aws-packages-missing',
        cure: `Install them: npm ci --prefix ${folder}`,
      }),
    );
    expect(() => stackFolder(join(folder, 'nowhere'))).toThrow(
      expect.objectContaining({ code: 'aws-stack-missing' }),
    );
  });
});

describe('synthesising', () => {
  it('counts what is in the template and names the functions that are not written', async () => {
    const made = await synthesise({ config, folder });
    expect(made).toMatchObject({
      stack: 'Gangway',
      region: 'us-east-1',
      resources: 3,
      kinds: { 'AWS::S3::Bucket': 2, 'AWS::Lambda::Function': 1 },
      functions: ['crew'],
      brands: [{ brand: 'queenofsandiego' }, { brand: 'sailjada' }],
    });
    expect(made.notWritten).toContain('books');
    expect(JSON.parse(readFileSync(made.template, 'utf8'))).toMatchObject({ region: 'us-east-1' });
  });

  it('says what the app said when it fails', async () => {
    write('app.ts', "process.stderr.write('two brands share a bucket'); process.exit(1);");
    await expect(synthesise({ config, folder })).rejects.toMatchObject({
      code: 'synth-failed',
      message: expect.stringContaining('two brands share a bucket'),
    });
  });
});

describe('deploying', () => {
  it('shows what would change, then deploys that very template, in the region of the configuration', async () => {
    const made = await synthesise({ config, folder });
    await showDiff(folder, made);
    expect(await deploy(folder, made)).toBe(outputsFile(folder));
    expect(asked()).toEqual([
      ['us-east-1', 'diff', 'Gangway', '--app', made.out, '--no-notices'],
      [
        ...['us-east-1', 'deploy', 'Gangway', '--require-approval', 'never'],
        ...['--outputs-file', outputsFile(folder), '--app', made.out, '--no-notices'],
      ],
    ]);
  });

  it('ends when what would change cannot be found out, or it does not go through', async () => {
    const made = await synthesise({ config, folder });
    write('refuses', '');
    await expect(showDiff(folder, made)).rejects.toMatchObject({ code: 'deploy-failed' });
    await expect(deploy(folder, made)).rejects.toMatchObject({ code: 'deploy-failed' });
  });
});
