import { expect, it } from 'vitest';
import { restores } from './restores.ts';

it('writes to nobody twice after a restore, wherever the backup was taken', async () => {
  const { violations, done } = await restores.run({ count: 2, seed: 1, report: () => {} });
  expect(violations).toEqual([]);
  expect(done).toBe(2);
});
