import { expect, it } from 'vitest';
import { faultyPublishes, tellPublishes } from './faulty-publishes.ts';
import { pageMistakes } from './mistakes.ts';

it('every page says what was published last, whatever S3 and CloudFront answer', async () => {
  const proven = await faultyPublishes.run({ count: 5, seed: 1, report: () => {} });
  expect(proven.violations).toEqual([]);
  for (const [figure, count] of Object.entries(proven.figures))
    expect([figure, count]).not.toEqual([figure, 0]);
}, 120_000);

it.each(pageMistakes)(
  'would be noticed: $name',
  async mistake => {
    for (let seed = 1; seed <= 10; seed++)
      if ((await tellPublishes(seed, seed + 1, mistake)).violations.length > 0) return;
    expect.fail('ten histories noticed nothing');
  },
  120_000,
);
