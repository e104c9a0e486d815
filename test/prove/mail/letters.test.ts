import { expect, it } from 'vitest';
import { letters } from './letters.ts';

it('no letter is lost and none is doubled without need, whatever the mail server does', async () => {
  const proven = await letters.run({ count: 4, seed: 1, report: () => {} });
  expect(proven.violations).toEqual([]);
  expect(proven.done).toBe(4);
  expect(proven.figures['arrived twice, each after a broken connection']).toBeGreaterThan(0);
  expect(proven.figures['given back to a person with the reason']).toBeGreaterThan(0);
}, 120_000);
