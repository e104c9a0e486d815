import { expect, it } from 'vitest';
import type { Run } from './durable.ts';
import { engineWorld, gate } from './engine-world.ts';

it('an invocation has a quarter of an hour, as on Lambda, where nothing else is asked for', async () => {
  const hangs = gate();
  const { engine, clock, lines } = engineWorld({
    'hang@1': async () => {
      hangs.resolve();
      await new Promise(() => {});
    },
  });
  await engine.start('hang@1', 'a', {});
  await hangs.promise;
  clock.advance(899_999);
  await new Promise(resolve => setImmediate(resolve));
  expect(lines).toEqual([]);
  clock.advance(1);
  await engine.idle();
  expect(lines).toEqual([
    expect.objectContaining({
      what: 'invocation failed',
      fields: expect.objectContaining({
        attempt: 1,
        error: new Error('The invocation took longer than 900000 ms.'),
      }),
    }),
  ]);
});

it('a step that hangs is given up after the deadline, and run again', async () => {
  let runs = 0;
  const hangs = gate();
  const { engine, clock, pass } = engineWorld(
    {
      'hang@1': (_: object, run: Run) =>
        run.step('hangs at first', async () => {
          if (++runs > 1) return runs;
          hangs.resolve();
          return new Promise<never>(() => {});
        }),
    },
    { invocationDeadlineMs: 60_000 },
  );
  await engine.start('hang@1', 'a', {});
  await hangs.promise;
  clock.advance(60_000);
  await engine.idle();
  await pass(1);
  expect(await engine.describe('hang@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: 2 });
});
