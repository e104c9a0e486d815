import type { Proven, Violation } from '../prove.ts';
import type { History } from './history.ts';
import { firstDifference } from './money.ts';
import { shrink } from './shrink.ts';
import { type Disks, disks } from './story.ts';

/** One in this many stories is told twice, and has to go the same way to the last written row. */
const twice = 100;

/** What a story came to. */
export type Seen = {
  readonly wrong: readonly string[];
  readonly faults: number;
  readonly processes: number;
  readonly commits: number;
  readonly letters: number;
};

/** How stories of one kind are told, and what is to be true of each. */
export type Telling = {
  readonly historyOf: (seed: number) => History;
  readonly look: (history: History) => Promise<Seen>;
  /** Everything that happened in one, a line each: told twice it has to be the same. */
  readonly trace: (history: History) => Promise<readonly string[]>;
  /** Something else that is asked of some of them: under which figure it counts, and what is wrong. */
  readonly also?: (
    seed: number,
    history: History,
  ) => Promise<{ figure: string; wrong: string | null } | null>;
  /** So many tries to make a story that goes wrong shorter. */
  readonly most?: number | undefined;
  /** Violations after which no more stories are told. */
  readonly enough?: number;
};

/** Tells the stories of seeds `from` up to but without `to`, one after the other. */
export async function tellAll(from: number, to: number, telling: Telling): Promise<Proven> {
  const figures: Record<string, number> = {
    faults: 0,
    processes: 0,
    commits: 0,
    letters: 0,
    'told twice alike': 0,
  };
  const count = (figure: string, more: number) => {
    figures[figure] = (figures[figure] ?? 0) + more;
  };
  const violations: Violation[] = [];
  const { enough = Number.POSITIVE_INFINITY } = telling;
  let seed = from;
  for (; seed < to && violations.length < enough; seed++) {
    const history = telling.historyOf(seed);
    const { wrong, ...seen } = await telling.look(history);
    for (const [figure, more] of Object.entries(seen)) count(figure, more);
    if (wrong.length > 0) violations.push(await shortest(seed, history, wrong, telling));
    else if (seen.faults < 3) violations.push({ seed, what: `only ${seen.faults} faults happened` });
    if (seed % twice === 0) {
      const different = firstDifference(await telling.trace(history), await telling.trace(history));
      if (different) violations.push({ seed, what: `I10 told again it goes another way: ${different}` });
      else count('told twice alike', 1);
    }
    const also = await telling.also?.(seed, history);
    if (also?.wrong) violations.push({ seed, what: also.wrong });
    else if (also) count(also.figure, 1);
  }
  return { done: seed - from, figures, violations };
}

type Told = {
  readonly fired: readonly unknown[];
  readonly starts: number;
  readonly seen: { readonly commit: number };
  readonly arrived: readonly unknown[];
};

/** Tells one and looks at it; whatever breaks in it is wrong with it. */
export async function lookedAt<T extends Told>(
  tell: () => Promise<T>,
  faultsIn: (told: T) => readonly string[],
): Promise<Seen> {
  try {
    const told = await tell();
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

/** A violation with the shortest story found in which the same promise is broken. */
async function shortest(
  seed: number,
  history: History,
  wrong: readonly string[],
  { look, most }: Telling,
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

let opened: Disks | null = null;

/** The files that one process uses for all its stories. */
export const disksOfThisProcess = (): Disks => {
  opened ??= disks();
  return opened;
};
