import { describe, expect, it } from 'vitest';
import type { Run } from './durable.ts';
import { held } from './held.fixture.ts';
import { watched } from './watch.ts';

/** A context that gives back what it was called with, and the same watched by an invocation. */
async function watching() {
  const { invoke } = await held();
  const invocation = invoke();
  const given = (...args: unknown[]) => args;
  const bare = {
    step: given,
    waitForCondition: given,
    waitForCallback: given,
    runInChildContext: given,
    map: given,
    parallel: given,
    createCallback: given,
    plain: 7,
  };
  const run = watched(bare as unknown as Run, invocation) as unknown as typeof bare;
  return { invocation, bare, run };
}

type Told = (context: unknown, ...rest: unknown[]) => typeof Object.prototype;

describe('the body of a step', () => {
  it.each(['step', 'waitForCondition', 'waitForCallback'] as const)(
    'given to %s is counted while it runs, and begins no more once the invocation is over',
    async operation => {
      const { run, invocation } = await watching();
      const { promise: ends, resolve: end } = Promise.withResolvers<void>();
      let runs = 0;
      const [name, body, options] = run[operation](
        'name',
        (by: number) => {
          runs += by;
          return ends;
        },
        { retry: 'never' },
      ) as [string, (by: number) => Promise<void>, object];
      expect([name, options]).toEqual(['name', { retry: 'never' }]);

      void body(2);
      let quiet = false;
      const ended = invocation.bodiesEnded().then(() => {
        quiet = true;
      });
      await Promise.resolve();
      expect([runs, quiet]).toEqual([2, false]);
      end();
      await ended;

      invocation.end();
      void body(2);
      expect(runs).toBe(2);
    },
  );
});

describe('a branch', () => {
  const shapes: [string, (run: Awaited<ReturnType<typeof watching>>['run'], told: Told) => unknown][] = [
    ['a child context', (run, told) => run.runInChildContext('child', told)[1]],
    ['one for each item', (run, told) => run.map([1], told)[1]],
    ['one of several', (run, told) => (run.parallel([told])[0] as unknown[])[0]],
    ['one of several, by a name of its own', (run, told) => named(run.parallel([named(told)])[0]).func],
  ];
  const named = (from: unknown) =>
    (Array.isArray(from) ? from[0] : { name: 'left', func: from }) as { name: string; func: unknown };

  it.each(shapes)('that is %s is told with a context that is watched too', async (_, shape) => {
    const { run, bare, invocation } = await watching();
    let runs = 0;
    const told: Told = (context, ...rest) => {
      const [body] = (context as typeof bare).step(() => ++runs) as [() => Promise<number>];
      invocation.end();
      void body();
      return rest;
    };
    const branch = shape(run, told) as Told;
    expect(branch(bare, 'item', 0)).toEqual(['item', 0]);
    expect(runs).toBe(0);
  });

  it('keeps its name', async () => {
    const { run } = await watching();
    expect(named(run.parallel([{ name: 'left', func: () => null }])[0])).toMatchObject({ name: 'left' });
  });

  it('that is none is left to the SDK to refuse', async () => {
    const { run } = await watching();
    expect(run.parallel([null, 'left', { name: 'left' }, 7])).toEqual([[null, 'left', { name: 'left' }, 7]]);
  });
});

describe('everything else', () => {
  it('the items of a map among it, reaches the context as it is', async () => {
    const { run } = await watching();
    const item = () => 'data';
    const items = [item, { func: item }];
    expect((run.map(items, item)[0] as unknown[])[0]).toBe(item);
    expect(run.map(items, item)[0]).toBe(items);
    expect(run.createCallback(item, items)).toEqual([item, items]);
    expect(run.createCallback(item)[0]).toBe(item);
    expect(run.plain).toBe(7);
  });
});
