import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diceOf } from '../sim/dice.ts';
import { basePictures, hostileFile } from './hostile-pictures.ts';
import { hostilePhotos, remainsIn } from './photos.ts';

it('finds what is left in a picture that was only copied', async () => {
  const { pictures } = await basePictures();
  const folder = mkdtempSync(join(tmpdir(), 'gangway-copied-'));
  const copy = join(folder, '800.webp');
  writeFileSync(copy, pictures[0] ?? '');
  expect(await remainsIn(copy, pictures[0] ?? Buffer.alloc(0))).toEqual([
    'GPS tags',
    'bytes as they came',
    'words of the camera',
    'metadata',
    'another kind of picture',
  ]);
  rmSync(folder, { recursive: true });
});

it('makes the same file of the same seed', async () => {
  const bases = await basePictures();
  for (const seed of [1, 2, 3])
    expect(hostileFile(diceOf(seed), bases)).toEqual(hostileFile(diceOf(seed), bases));
});

it('holds for a handful of files', async () => {
  const { violations, done } = await hostilePhotos.run({ count: 30, seed: 1, report: () => {} });
  expect([done, violations]).toEqual([30, []]);
}, 60_000);
