import { expect, it } from 'vitest';
import { atTheDoor } from './at-the-door.ts';
import { forgeries } from './forgery.ts';

it('lets in no forged message of 4,000, and every honest one', async () => {
  const { done, figures, violations } = await forgeries.run({ count: 4000, seed: 1, report: () => {} });
  expect(violations).toEqual([]);
  expect(done).toBe(4000);
  expect(figures['honest ones let in']).toBeGreaterThan(10);
});

it('lets no forged, replayed or contradicting request of 400 have an effect, over a restart', async () => {
  const { figures, violations } = await atTheDoor.run({ count: 400, seed: 1, report: () => {} });
  expect(violations).toEqual([]);
  expect(figures.forged).toBeGreaterThan(100);
  expect(figures.replayed).toBeGreaterThan(50);
});
