import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { takeDataFolder } from './data-folder.ts';
import { emptyScratch, markScratch } from './scratch-folder.ts';

const fresh = () => mkdtempSync(join(tmpdir(), 'gangway-scratch-'));

it('empties what an earlier demo left, and takes what is empty or not there', () => {
  const folder = fresh();
  emptyScratch(folder);
  emptyScratch(join(folder, 'not there'));
  takeDataFolder(folder).release();
  markScratch(folder);
  writeFileSync(join(folder, 'gangway.db'), 'of the last demo');
  emptyScratch(folder);
  expect(existsSync(folder)).toBe(false);
});

it('deletes nothing that no demo made', () => {
  const folder = fresh();
  writeFileSync(join(folder, 'gangway.db'), 'a real one');
  expect(() => emptyScratch(folder)).toThrow(expect.objectContaining({ code: 'folder-not-scratch' }));
  expect(readdirSync(folder)).toEqual(['gangway.db']);
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
