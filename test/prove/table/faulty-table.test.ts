import { expect, it } from 'vitest';
import { faultyTable, tellHistories } from './faulty-table.ts';
import { tableMistakes } from './mistakes.ts';

it('what a faulty table acknowledged is there, once, and of its own brand', async () => {
  const proven = await faultyTable.run({ count: 2, seed: 1, report: () => {} });
  expect(proven.violations).toEqual([]);
  expect(proven.figures['faulty operations']).toBeGreaterThanOrEqual(2000);
  for (const [kind, count] of Object.entries(proven.figures)) expect([kind, count]).not.toEqual([kind, 0]);
}, 120_000);

it.each(tableMistakes)(
  'would be noticed: $name',
  async mistake => {
    for (let seed = 1; seed <= 10; seed++)
      if ((await tellHistories(seed, seed + 1, mistake)).violations.length > 0) return;
    expect.fail('ten histories noticed nothing');
  },
  120_000,
);
