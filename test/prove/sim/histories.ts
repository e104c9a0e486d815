import type { Proven, Violation } from '../prove.ts';
import { inSlices } from '../slices.ts';
import { faultsIn } from './check.ts';
import { type History, historyOf } from './history.ts';
import { firstDifference, otherMoney, outsideMoney, rowsOf } from './money.ts';
import { shrink } from './shrink.ts';
import { type Disks, disks, tell } from './story.ts';
import { inTurns } from './turns.ts';

/** One in this many stories is told twice, and has to go the same way to the last written row. */
const twice = 100;
/** One in this many is told again with other amounts, which nobody outside the owner's side may be able to notice. */
const otherwise = 25;

/** F1, F5, F9, F10 on the whole program: I1 to I10 after every story. */
export const histories = inSlices({
  name: 'histories',
  promise: 'Whatever is killed, fails, repeats, comes late or in disorder: nothing lost, nothing twice.',
  unit: 'histories of the whole program',
  gate: 3_000,
  full: 60_000,
  chunk: 10,
  slice: (from, to) => sliceOf(from, to, disksOfThisProcess()),
});

let opened: Disks | null = null;
export const disksOfThisProcess = () => {
  opened ??= disks();
  return opened;
};

export async function sliceOf(from: number, to: number, on: Disks, most?: number): Promise<Proven> {
  const figures = {
    faults: 0,
    processes: 0,
    commits: 0,
    letters: 0,
    'told twice alike': 0,
    'told alike with other money': 0,
  };
  const violations: Violation[] = [];
  for (let seed = from; seed < to; seed++) {
    const history = historyOf(seed);
    const seen = await lookAt(history, on);
    figures.faults += seen.faults;
    figures.processes += seen.processes;
    figures.commits += seen.commits;
    figures.letters += seen.letters;
    if (seen.wrong.length > 0)
      violations.push(await shortest(seed, history, seen.wrong, candidate => lookAt(candidate, on), most));
    else if (seen.faults < 3) violations.push({ seed, what: `only ${seen.faults} faults happened` });
    if (seed % twice === 0) {
      const different = await differsTwice(history, on);
      if (different) violations.push({ seed, what: `I10 told again it goes another way: ${different}` });
      else figures['told twice alike']++;
    }
    if (seed % otherwise === 7) {
      const different = await differsByMoney(seed, history, on);
      if (different) violations.push({ seed, what: `I7 other amounts show outside: ${different}` });
      else figures['told alike with other money']++;
    }
  }
  return { done: to - from, figures, violations };
}

/** What a story came to; whatever breaks in it is wrong with it. */
export async function lookAt(history: History, on: Disks, options: Parameters<typeof tell>[2] = {}) {
  try {
    const told = await inTurns(() => tell(history, on, options));
    return {
      wrong: faultsIn(told),
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

async function differsTwice(history: History, on: Disks): Promise<string | null> {
  const whole = async () => {
    const { trace, arrived } = await inTurns(() => tell(history, on, { trace: true }));
    return [...trace, ...arrived.map(({ letter }) => JSON.stringify(letter)), ...rowsOf(on, 'money')];
  };
  return firstDifference(await whole(), await whole());
}

async function differsByMoney(seed: number, history: History, on: Disks): Promise<string | null> {
  const outside = async (of: History) => outsideMoney(await inTurns(() => tell(of, on)));
  return firstDifference(await outside(history), await outside(otherMoney(history, seed)));
}

/** A violation with the shortest story found in which the same promise is broken. */
export async function shortest(
  seed: number,
  history: History,
  wrong: readonly string[],
  look: (history: History) => Promise<{ wrong: readonly string[] }>,
  most?: number,
): Promise<Violation> {
  const kindOf = (what: string) => what.split(' ')[0];
  const kinds = new Set(wrong.map(kindOf));
  const goesWrong = async (candidate: History) =>
    (await look(candidate)).wrong.some(what => kinds.has(kindOf(what)));
  const short = await shrink(history, goesWrong, most);
  const { wrong: still } = await look(short);
  return { seed, what: wrong.join('; '), history: [...linesOf(short), ...still] };
}

const linesOf = ({ actions, faults }: History): string[] => [
  ...actions.map(action => JSON.stringify(action)),
  ...faults.map(({ edge, nth, fate, much }) => `${edge} ${nth}: ${fate} (${much})`),
];
