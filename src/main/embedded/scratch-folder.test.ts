import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import { takeDataFolder } from './data-folder.ts';
import { freshScratch } from './scratch-folder.ts';

const fresh = () => temporaryFolder('scratch');

it('is made anew and empty each time, also after a demo that was killed before it began', () => {
  const folder = join(fresh(), 'demo');
  for (const left of ['gangway.db', 'lock.db']) {
    freshScratch(folder, false);
    expect(readdirSync(folder)).toEqual(['made-by-demo']);
    writeFileSync(join(folder, left), 'of the last demo');
  }
  freshScratch(fresh(), false);
});

it('deletes nothing that no demo made, but in the place that is the demo’s own', () => {
  const folder = fresh();
  writeFileSync(join(folder, 'gangway.db'), 'a real one');
  expect(() => freshScratch(folder, false)).toThrow(expect.objectContaining({ code: 'folder-not-scratch' }));
  expect(readdirSync(folder)).toEqual(['gangway.db']);
  freshScratch(folder, true);
  expect(readdirSync(folder)).toEqual(['made-by-demo']);
});

it('a data folder where nobody can make one is refused with a sentence', () => {
  const file = join(fresh(), 'a file');
  writeFileSync(file, '');
  expect(() => takeDataFolder(join(file, 'data'))).toThrow(
    expect.objectContaining({ code: 'data-unwritable' }),
  );
  expect(readdirSync(takeAndFree(join(fresh(), 'deep', 'er'))).length).toBeGreaterThan(0);
});

function takeAndFree(path: string): string {
  takeDataFolder(path).release();
  return path;
}
