import { InvocationStatus } from '@aws/durable-execution-sdk-js';
import { describe, expect, it } from 'vitest';
import { Unavailable } from '#lib/refusal.ts';
import { openSqlite, type Sqlite } from '#platform/sqlite.ts';
import type { Run } from './durable.ts';
import { engineWorld, gate } from './engine-world.ts';
import { update } from './held.fixture.ts';

type Input = { readonly n: number };

/** Lets everything that is ready to run do so, without waiting for any amount of time. */
const turns = async (count = 20) => {
  for (let turn = 0; turn < count; turn++) await new Promise(resolve => setImmediate(resolve));
};

/** A database whose disk is full as long as `full()` says so. */
function fragile(full: () => boolean): Sqlite {
  const db = openSqlite(':memory:');
  return {
    ...db,
    write: work =>
      full() ? Promise.reject(new Unavailable('disk-full', 'The disk is full.')) : db.write(work),
  };
}

/** Counts how many run, and how many at most at the same time. */
function counter() {
  let now = 0;
  const count = { runs: 0, most: 0 };
  return {
    count,
    async during<T>(work: () => Promise<T>): Promise<T> {
      count.runs++;
      count.most = Math.max(count.most, ++now);
      try {
        return await work();
      } finally {
        now--;
      }
    },
  };
}

describe('what an old invocation left behind', () => {
  it('begins no step of its own: a branch with a raw await is frozen when the rest sleeps', async () => {
    const outside = gate();
    let runs = 0;
    const { engine, pass } = engineWorld({
      'raw@1': async (_: Input, run: Run) => {
        const branch = async () => {
          await outside.promise;
          return run.step('late', async () => ++runs);
        };
        await Promise.all([run.wait({ hours: 1 }), branch()]);
      },
    });
    await engine.start('raw@1', 'a', {});
    await engine.idle();
    expect(await engine.describe('raw@1', 'a')).toMatchObject({ status: 'WAITING' });
    outside.resolve();
    await turns();
    expect(runs).toBe(0);
    await pass(3600);
    expect(runs).toBe(1);
    expect(await engine.describe('raw@1', 'a')).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('finishes its step before the step is run again', async () => {
    let full = false;
    const { during, count } = counter();
    const slow = gate();
    const failed = gate();
    const { engine, clock, pass } = engineWorld(
      {
        'two@1': async (_: Input, run: Run) => {
          await run.step('before', async () => 0);
          await Promise.all([
            run.step('slow', () => during(() => slow.promise)),
            run.step('quick', async () => {
              full = count.runs === 1;
              failed.resolve();
            }),
          ]);
        },
      },
      { db: fragile(() => full) },
    );
    await engine.start('two@1', 'a', {});
    await failed.promise;
    await turns();
    full = false;
    clock.advance(60_000);
    await turns();
    expect(count).toEqual({ runs: 1, most: 1 });
    slow.resolve();
    await engine.idle();
    await pass(1);
    expect(count).toEqual({ runs: 2, most: 1 });
    expect(await engine.describe('two@1', 'a')).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('is fenced off after the deadline, and the execution runs again', async () => {
    let invocations = 0;
    const hangs = gate();
    const { engine, clock, pass, lines } = engineWorld(
      {
        'hang@1': async (_: Input, run: Run) => {
          await run.step('first', async () => 1);
          if (++invocations === 1) {
            hangs.resolve();
            await new Promise(() => {});
          }
          return invocations;
        },
      },
      { invocationDeadlineMs: 60_000 },
    );
    await engine.start('hang@1', 'a', {});
    await hangs.promise;
    clock.advance(59_999);
    await turns();
    expect(engine.stats()).toMatchObject({ running: 1 });
    clock.advance(1);
    await engine.idle();
    await pass(1);
    expect(await engine.describe('hang@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: 2 });
    expect(lines).toEqual([
      expect.objectContaining({
        what: 'invocation failed',
        fields: expect.objectContaining({ execution: 'a' }),
      }),
    ]);
  });
});

describe('failing invocations', () => {
  it('are tried ten times, more and more slowly, and then the execution has failed', async () => {
    const triedAt: number[] = [];
    const { engine, pass, clock, lines } = engineWorld({
      'bad@1': (_: Input, run: Run) => {
        triedAt.push((clock.now() - start) / 1000);
        return run.step('cannot be stored', async () => 1n);
      },
    });
    const start = clock.now();
    await engine.start('bad@1', 'a', {});
    await engine.idle();
    for (let second = 0; second < 300; second++) await pass(1);
    expect(triedAt).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
    expect(await engine.describe('bad@1', 'a')).toMatchObject({
      status: 'FAILED',
      error: { message: expect.stringContaining('Gave up after 10 failed invocations') },
    });
    expect(engine.stats()).toMatchObject({ failedInvocations: 10, failed: 1 });
    expect(lines.at(-1)).toMatchObject({ level: 'error', what: 'execution failed' });
  });

  it('do not count while the disk is full: nothing is lost, however long it takes', async () => {
    let full = false;
    const { engine, pass, lines } = engineWorld(
      {
        'fine@1': async (_: Input, run: Run) => {
          const one = await run.step('one', async () => 1);
          return one + (await run.step('two', async () => 2));
        },
      },
      { db: fragile(() => full) },
    );
    await engine.start('fine@1', 'a', {});
    full = true;
    await expect(engine.start('fine@1', 'b', {})).rejects.toMatchObject({ code: 'disk-full' });
    await engine.idle();
    for (let second = 0; second < 7; second++) await pass(1);
    expect(lines.map(({ fields }) => [(fields.error as Unavailable).code, fields.attempt])).toEqual([
      ['disk-full', 1],
      ['disk-full', 2],
      ['disk-full', 3],
      ['disk-full', 4],
    ]);
    for (let hour = 0; hour < 30; hour++) await pass(60);
    expect(await engine.describe('fine@1', 'a')).toMatchObject({ status: 'ACTIVE' });
    full = false;
    await pass(60);
    expect(await engine.describe('fine@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: 3 });
  });

  it('are counted anew once the execution has got as far as to sleep', async () => {
    const failed = { before: 0, after: 0 };
    const nineTimes = (when: keyof typeof failed) => async () => (++failed[when] <= 9 ? 1n : 1);
    const { engine, pass } = engineWorld({
      'bad@1': async (_: Input, run: Run) => {
        await run.step('before', nineTimes('before'));
        await run.wait({ seconds: 5 });
        await run.step('after', nineTimes('after'));
      },
    });
    await engine.start('bad@1', 'a', {});
    await engine.idle();
    for (let minute = 0; minute < 20; minute++) await pass(60);
    expect(failed).toEqual({ before: 10, after: 10 });
    expect(await engine.describe('bad@1', 'a')).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('that were ten are not tried again where the disk is too full to say so', async () => {
    let tries = 0;
    let full = false;
    const { engine, pass } = engineWorld(
      {
        'bad@1': (_: Input, run: Run) =>
          run.step('cannot be stored', async () => {
            full = ++tries === 10;
            return 1n;
          }),
      },
      { db: fragile(() => full) },
    );
    await engine.start('bad@1', 'a', {});
    await engine.idle();
    for (let minute = 0; minute < 10; minute++) await pass(60);
    expect(await engine.describe('bad@1', 'a')).toMatchObject({ status: 'ACTIVE' });
    full = false;
    await pass(60);
    await expect
      .poll(() => engine.describe('bad@1', 'a'), { interval: 1 })
      .toMatchObject({
        status: 'FAILED',
        error: { message: expect.stringMatching(/^Gave up after 10 failed invocations: .*BigInt/s) },
      });
    expect(tries).toBe(10);
  });

  it('leave what falls due meanwhile to the next one, which is told of it before it begins', async () => {
    let writes = 0;
    const told: (string | undefined)[][] = [];
    const { engine, pass } = engineWorld(
      { 'sleep@1': async () => null },
      {
        // The third one is that it sleeps.
        db: fragile(() => ++writes === 3),
        runElsewhere: transport => () => async event => {
          told.push(event.InitialExecutionState.Operations?.map(({ Status }) => Status) ?? []);
          if (told.length > 1) return { Status: InvocationStatus.SUCCEEDED };
          const wait = update('w', 'WAIT', 'START', { WaitOptions: { WaitSeconds: 1 } });
          await transport.checkpoint({ ...event, Updates: [wait] });
          return { Status: InvocationStatus.PENDING };
        },
      },
    );
    await engine.start('sleep@1', 'a', {});
    await engine.idle();
    expect(await engine.describe('sleep@1', 'a')).toMatchObject({ status: 'ACTIVE' });
    await pass(1);
    expect(await engine.describe('sleep@1', 'a')).toMatchObject({ status: 'SUCCEEDED' });
    expect(told).toEqual([['STARTED'], ['STARTED', 'SUCCEEDED']]);
  });

  it('wait for the disk also when a sleeper is to wake', async () => {
    let full = false;
    const { engine, pass } = engineWorld(
      { 'sleep@1': (_: Input, run: Run) => run.wait({ seconds: 5 }) },
      { db: fragile(() => full) },
    );
    await engine.start('sleep@1', 'a', {});
    await engine.idle();
    full = true;
    await pass(5);
    await pass(30);
    full = false;
    await pass(60);
    expect(await engine.describe('sleep@1', 'a')).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('on a disk that is full at the very end are tried again, though the workflow had returned', async () => {
    let full = false;
    const { engine, pass } = engineWorld(
      {
        'end@1': async (_: Input, run: Run) => {
          await run.step('one', async () => 1);
          full = !full;
          return 'done';
        },
      },
      { db: fragile(() => full) },
    );
    await engine.start('end@1', 'a', {});
    await engine.idle();
    await pass(1);
    expect(await engine.describe('end@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: 'done' });
  });
});

describe('the live cap', () => {
  it('holds, and everybody gets a turn', async () => {
    const { during, count } = counter();
    const open = gate();
    const { engine } = engineWorld(
      { 'work@1': (_: Input, run: Run) => run.step('work', () => during(() => open.promise)) },
      { live: 3 },
    );
    for (let n = 0; n < 10; n++) await engine.start('work@1', `e${n}`, {});
    await turns();
    expect(engine.stats()).toMatchObject({ running: 3, queued: 7 });
    open.resolve();
    await engine.idle();
    expect(count).toEqual({ runs: 10, most: 3 });
    expect(await engine.list({ status: 'SUCCEEDED' })).toHaveLength(10);
  });

  it('of one is enough for an execution that invokes another', async () => {
    const { engine } = engineWorld(
      {
        'outer@1': (_: Input, run: Run) => run.invoke('inner@1', {}),
        'inner@1': async () => 'inside',
      },
      { live: 1 },
    );
    await engine.start('outer@1', 'a', {});
    await engine.idle();
    expect(await engine.describe('outer@1', 'a')).toMatchObject({ result: 'inside' });
  });
});

it('replays more operations than fit on one page', async () => {
  const { engine, pass } = engineWorld({
    'many@1': async (_: Input, run: Run) => {
      const some = Array.from({ length: 1100 }, (_, n) => run.step(`s${n}`, async () => n));
      const sum = (await Promise.all(some)).reduce((a, b) => a + b);
      await run.wait({ seconds: 1 });
      return sum;
    },
  });
  await engine.start('many@1', 'a', {});
  await engine.idle();
  await pass(1);
  expect(await engine.describe('many@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: 604_450 });
});
