import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import { takeDataFolder } from './data-folder.ts';
import { makeFolder } from './make-folder.ts';

const fresh = () => temporaryFolder('folder');

it('makes a folder and what is missing above it, for its owner only, and says what it made', () => {
  const home = fresh();
  const [a, b] = [join(home, 'a'), join(home, 'a', 'b')];
  expect(makeFolder(b)).toEqual([a, b]);
  expect(makeFolder(b)).toEqual([]);
  expect(statSync(b).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o700);
});

it('gives up where a file is in the way', () => {
  const home = fresh();
  writeFileSync(join(home, 'file'), '');
  expect(() => makeFolder(join(home, 'file', 'below'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }));
});

it.runIf(process.platform === 'linux')('gives up where a folder takes no other (Linux only: /proc)', () => {
  expect(() => takeDataFolder('/proc/gangway/data')).toThrow(
    expect.objectContaining({ code: 'data-unwritable', cure: expect.stringContaining('--data') }),
  );
});
