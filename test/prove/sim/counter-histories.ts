import type { Proven, Violation } from '../prove.ts';
import { inSlices } from '../slices.ts';
import { counterFaults } from './counter-check.ts';
import { type CounterTold, tellAtCounter } from './counter-story.ts';
import { shortest } from './histories.ts';
import { counterHistoryOf, type History } from './history.ts';
import { firstDifference, rowsOf } from './money.ts';
import { type Disks, disks } from './story.ts';

/** One in this many stories is told twice, and has to go the same way to the last written row. */
const twice = 100;

/** F1, F5 and F10 where orders are taken: I1, I2, I3, I5, I9 and I10, in numbers that the whole program is too slow for. */
export const counterHistories = inSlices({
  name: 'counter-histories',
  promise:
    'From the door to the booking, the books and a letter: nothing lost, nothing twice, whatever dies or fails.',
  unit: 'histories at the counter',
  gate: 100_000,
  full: 1_000_000,
  chunk: 500,
  slice: (from, to) => sliceAtCounter(from, to),
});

let opened: Disks | null = null;

export async function sliceAtCounter(from: number, to: number, most?: number): Promise<Proven> {
  opened ??= disks();
  const on = opened;
  const figures = { faults: 0, processes: 0, commits: 0, letters: 0, 'told twice alike': 0 };
  const violations: Violation[] = [];
  for (let seed = from; seed < to; seed++) {
    const history = counterHistoryOf(seed);
    const seen = await lookAtCounter(history, on);
    figures.faults += seen.faults;
    figures.processes += seen.processes;
    figures.commits += seen.commits;
    figures.letters += seen.letters;
    if (seen.wrong.length > 0)
      violations.push(
        await shortest(seed, history, seen.wrong, candidate => lookAtCounter(candidate, on), most),
      );
    else if (seen.faults < 3) violations.push({ seed, what: `only ${seen.faults} faults happened` });
    if (seed % twice === 0) {
      const traced = async () => traceOf(await tellAtCounter(history, on, { trace: true }));
      const different = firstDifference(await traced(), await traced());
      if (different) violations.push({ seed, what: `I10 told again it goes another way: ${different}` });
      else figures['told twice alike']++;
    }
    if (violations.length >= 3) return { done: seed + 1 - from, figures, violations };
  }
  return { done: to - from, figures, violations };
}

/** What a story at the counter came to; whatever breaks in it is wrong with it. */
export async function lookAtCounter(history: History, on: Disks) {
  try {
    const told = await tellAtCounter(history, on);
    return {
      wrong: counterFaults(told),
      faults: told.fired.length,
      processes: told.starts,
      commits: told.seen.commit,
      letters: told.arrived.length,
    };
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { wrong: [`the story broke off: ${what}`], faults: 3, processes: 0, commits: 0, letters: 0 };
  }
}

const traceOf = ({ trace, arrived, on }: CounterTold): string[] => [
  ...trace,
  ...arrived.map(({ letter, at }) => `${at} ${JSON.stringify(letter)}`),
  ...rowsOf(on, 'open'),
  ...rowsOf(on, 'money'),
];
