import { expect, it } from 'vitest';
import type { Run } from './durable.ts';
import { engineWorld } from './engine-world.ts';

type Input = { readonly n: number };

it('keeps a thousand interleaved executions apart: results, steps and log lines', async () => {
  const runs = new Map<string, number>();
  const { engine, lines, pass } = engineWorld({
    'story@1': async ({ n }: Input, run: Run) => {
      const step = (name: string, run: Run) =>
        run.step(name, async ({ logger }) => {
          runs.set(`${n} ${name}`, (runs.get(`${n} ${name}`) ?? 0) + 1);
          logger.info('working', { booking: `b${n}`, count: n });
          await new Promise(resolve => setImmediate(resolve));
          logger.info('worked', { booking: `b${n}` });
          return n;
        });
      run.logger.info('begun', { booking: `b${n}` });
      const first = await step('first', run);
      const both = await run.parallel('both', [
        child => step('left', child),
        async child => {
          await child.wait({ seconds: 5 + (n % 3) });
          return step('right', child);
        },
      ]);
      return [first, ...both.getResults()];
    },
  });
  const all = Array.from({ length: 1000 }, (_, n) => n);
  await Promise.all(all.map(n => engine.start('story@1', `e${n}`, { n })));
  await engine.idle();
  for (let second = 0; second < 8; second++) await pass(1);

  const told = await engine.list({ limit: 2000 });
  expect(told.filter(({ status }) => status === 'SUCCEEDED')).toHaveLength(1000);
  expect(
    told.every(({ input, result }) => {
      const { n } = input as Input;
      return JSON.stringify(result) === JSON.stringify([n, n, n]);
    }),
  ).toBe(true);
  expect(runs.size).toBe(3000);
  expect([...runs.values()].every(count => count === 1)).toBe(true);
  expect(lines).toHaveLength(7000);
  const strangers = lines.filter(
    ({ what, fields }) =>
      fields.execution !== `e${String(fields.booking).slice(1)}` ||
      fields.workflow !== 'story@1' ||
      (what === 'begun') !== (fields.step === undefined),
  );
  expect(strangers).toEqual([]);
  await engine.close();
});
