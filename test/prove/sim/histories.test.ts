import { describe, expect, it } from 'vitest';
import { histories, lookAt } from './histories.ts';
import { onceWrong } from './once-wrong.ts';
import { disks } from './story.ts';

describe('simulated histories of the whole program', () => {
  it('keep every promise with three things going wrong in each', { timeout: 120_000 }, async () => {
    const proven = await histories.run({ count: 12, seed: 1, report: () => {} });
    expect(proven.violations).toEqual([]);
    expect(proven.figures.faults).toBeGreaterThanOrEqual(36);
    expect(proven.figures['told alike with other money']).toBeGreaterThan(0);
  });

  it.each(Object.entries(onceWrong))('%s', async (_what, history) => {
    expect((await lookAt(history, disks())).wrong).toEqual([]);
  });
});
