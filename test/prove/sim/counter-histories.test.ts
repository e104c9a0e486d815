import { describe, expect, it } from 'vitest';
import { counterHistories, lookAtCounter } from './counter-histories.ts';
import { everyOrder, everyOrderCut, everyOrderWhole } from './every-order.ts';
import { onceWrong } from './once-wrong.ts';
import { disks } from './story.ts';

describe('simulated histories at the counter', () => {
  it('keep every promise with three things going wrong in each', { timeout: 120_000 }, async () => {
    const proven = await counterHistories.run({ count: 200, seed: 1, report: () => {} });
    expect(proven.violations).toEqual([]);
    expect(proven.figures.faults).toBeGreaterThanOrEqual(600);
    expect(proven.figures['told twice alike']).toBe(2);
  });

  it.each(Object.entries(onceWrong))('%s', async (_what, history) => {
    expect((await lookAtCounter(history, disks())).wrong).toEqual([]);
  });
});

describe('every order of messages', { timeout: 120_000 }, () => {
  it.each([
    [everyOrder, 300],
    [everyOrderCut, 42],
    [everyOrderWhole, 12],
  ])('ends in what the set of them says: $name', async (proof, count) => {
    const { violations, done } = await proof.run({ count, seed: 0, report: () => {} });
    expect(violations).toEqual([]);
    expect(done).toBe(count);
  });
});
