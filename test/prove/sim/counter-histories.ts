import type { Proven } from '../prove.ts';
import { inSlices } from '../slices.ts';
import { counterFaults } from './counter-check.ts';
import { tellAtCounter } from './counter-story.ts';
import { counterHistoryOf, type History } from './history.ts';
import { rowsOf } from './money.ts';
import { disksOfThisProcess, lookedAt, tellAll } from './stories.ts';
import type { Disks } from './story.ts';

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

export function sliceAtCounter(from: number, to: number, most?: number): Promise<Proven> {
  const on = disksOfThisProcess();
  return tellAll(from, to, {
    historyOf: counterHistoryOf,
    look: history => lookAtCounter(history, on),
    async trace(history) {
      const { trace, arrived } = await tellAtCounter(history, on, { trace: true });
      const letters = arrived.map(({ letter, at }) => `${at} ${JSON.stringify(letter)}`);
      return [...trace, ...letters, ...rowsOf(on, 'open'), ...rowsOf(on, 'money')];
    },
    most,
    enough: 3,
  });
}

/** Tells one story at the counter and looks at what it came to. */
export const lookAtCounter = (history: History, on: Disks) =>
  lookedAt(() => tellAtCounter(history, on), counterFaults);
