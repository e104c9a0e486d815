import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** Every room that crew, guests, public and operator are served from, and what those rooms stand on. */
const rooms = [
  'lib',
  'platform',
  'ui',
  'durable',
  'mail',
  'access',
  'booking',
  'crew',
  'calendar',
  'guest-page',
] as const;

const isTest = /\.test(-d)?\.tsx?$/;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-without-money-'));
  mkdirSync(join(folder, 'src'));
  for (const room of rooms) {
    cpSync(join(root, 'src', room), join(folder, 'src', room), {
      recursive: true,
      filter: file => !isTest.test(file),
    });
  }
  cpSync(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ type: 'module', imports: { '#*': './src/*' } }),
  );
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says about the rooms as they stand in the folder. */
async function compiled(): Promise<string> {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    await run(process.execPath, [compiler, '--noEmit', '-p', folder], { cwd: folder, maxBuffer: 2 ** 24 });
    return '';
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return stdout || stderr || String(error);
  }
}

describe('with the books cut out of the tree', () => {
  it('the rooms of crew, guests and operator still compile: nothing in them reaches an amount', async () => {
    expect(await compiled()).toBe('');
  });

  it.each(['crew', 'guest-page', 'lib'])(
    'a single import of the books in %s breaks the build',
    async room => {
      const leak = join(folder, 'src', room, 'leak.ts');
      writeFileSync(leak, "export type { Money } from '#finances/money.ts';\n");
      try {
        expect(await compiled()).toContain(`src/${room}/leak.ts(1,28): error TS2307`);
      } finally {
        rmSync(leak);
      }
    },
  );
});
