import type { Proven, Violation } from '../prove.ts';
import { inSlices } from '../slices.ts';
import { playAtCounter } from './counter.ts';
import { firstByte, storyOf } from './pairs.ts';
import { pairOf } from './plot.ts';
import { type Disks, disks, type Got } from './world.ts';

/** How often a story is told again here, where telling is all it costs. */
const retellings = 16;

/** The same as `money-pairs` for the rooms by themselves, in numbers that the whole program is too slow for. */
export const counterPairs = inSlices({
  name: 'counter-pairs',
  promise:
    'What leaves the rooms for crew, guests and the public, and every row of theirs, knows nothing of money.',
  unit: 'pairs at the counter',
  gate: 10_000,
  full: 100_000,
  chunk: 320,
  slice: (from, to) => playCounterPairs(from, to),
});

/** Stops after `enough` pairs that differ. */
export async function playCounterPairs(
  from: number,
  to: number,
  { on = disks(), enough = Number.POSITIVE_INFINITY }: { on?: Disks; enough?: number } = {},
): Promise<Proven> {
  const figures = { stories: 0, 'bytes compared': 0 };
  const violations: Violation[] = [];
  let told = { story: Number.NaN, first: [] as readonly Got[] };
  let seed = from;
  for (; seed < to && violations.length < enough; seed++) {
    const pair = pairOf(seed, retellings);
    if (told.story !== pair.story) {
      told = { story: pair.story, first: await playAtCounter(pair, pair.sides[0], on) };
      figures.stories++;
    }
    const other = await playAtCounter(pair, pair.sides[1], on);
    figures['bytes compared'] += other.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const what = firstByte(told.first, other);
    if (what) violations.push({ seed, what, history: storyOf(pair) });
  }
  return { done: seed - from, figures, violations };
}
