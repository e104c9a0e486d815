import type { Proven } from '../prove.ts';
import { inSlices } from '../slices.ts';
import { faultsIn } from './check.ts';
import { type History, historyOf } from './history.ts';
import { firstDifference, otherMoney, outsideMoney, rowsOf } from './money.ts';
import { disksOfThisProcess, lookedAt, tellAll } from './stories.ts';
import { type Disks, tell } from './story.ts';
import { inTurns } from './turns.ts';

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

export const sliceOf = (from: number, to: number, on: Disks, most?: number): Promise<Proven> =>
  tellAll(from, to, {
    historyOf,
    look: history => lookAt(history, on),
    async trace(history) {
      const { trace, arrived } = await inTurns(() => tell(history, on, { trace: true }));
      return [...trace, ...arrived.map(({ letter }) => JSON.stringify(letter)), ...rowsOf(on, 'money')];
    },
    async also(seed, history) {
      if (seed % otherwise !== 7) return null;
      const outside = async (of: History) => outsideMoney(await inTurns(() => tell(of, on)));
      const different = firstDifference(await outside(history), await outside(otherMoney(history, seed)));
      const wrong = different && `I7 other amounts show outside: ${different}`;
      return { figure: 'told alike with other money', wrong };
    },
    most,
  });

/** Tells one story to the whole program and looks at what it came to. */
export const lookAt = (history: History, on: Disks, options: Parameters<typeof tell>[2] = {}) =>
  lookedAt(() => inTurns(() => tell(history, on, options)), faultsIn);
