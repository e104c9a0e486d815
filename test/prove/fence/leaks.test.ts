import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inTurns } from '../sim/turns.ts';
import { playCounterPairs } from './counter-pairs.ts';
import { plantedLeaks, tellWith } from './leaks.ts';
import { playPairs } from './pairs.ts';

it('there is a place in the program for each leak that is planted', () => {
  const lost = plantedLeaks.filter(({ file, from }) => !readFileSync(file, 'utf8').includes(from));
  expect(lost.map(({ what }) => what)).toEqual([]);
  expect(plantedLeaks.length).toBeGreaterThanOrEqual(50);
  expect(new Set(plantedLeaks.map(({ what }) => what)).size).toBe(plantedLeaks.length);
});

it('the program as it is tells some stories alike whatever they cost, and one with a planted leak does not', async () => {
  expect((await inTurns(() => playPairs(0, 24))).violations).toEqual([]);
  const [leak] = plantedLeaks.filter(({ what }) => what.startsWith('guest page'));
  if (!leak) throw new Error('no leak on the guest page is planted');
  expect((await tellWith(leak)).violations).toHaveLength(1);
});

it('so do the rooms by themselves', async () => {
  expect((await playCounterPairs(0, 16)).violations).toEqual([]);
});

it.each([396, 678])('pair %i, which once differed, agrees', async seed => {
  expect((await inTurns(() => playPairs(seed, seed + 1))).violations).toEqual([]);
});
