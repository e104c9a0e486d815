import { InvocationStatus } from '@aws/durable-execution-sdk-js';
import { describe, expect, it } from 'vitest';
import { Unavailable } from '#lib/refusal.ts';
import { openSqlite } from '#platform/sqlite.ts';
import type { Durable, Run } from './durable.ts';
import { engineWorld, gate } from './engine-world.ts';

type Input = { readonly seconds: number };

const workflows = { 'sleep@1': (input: Input, run: Run) => run.wait({ seconds: input.seconds }) };

/** Until nothing runs. Not `idle`, which looks for what is due by itself and would hide an alarm that is missing. */
const rests = (engine: Durable, stats: object) =>
  expect.poll(() => engine.stats(), { interval: 1 }).toMatchObject({ running: 0, queued: 0, ...stats });

const statusOf = async (engine: Durable, name: string) => (await engine.describe('sleep@1', name))?.status;

describe('an engine that is left alone', () => {
  it('wakes a sleeper when its time has come, and not before', async () => {
    const { engine, clock, lines } = engineWorld(workflows);
    await engine.start('sleep@1', 'a', { seconds: 60 });
    await rests(engine, { waiting: 1 });
    expect(clock.nextDue()).toBe(clock.now() + 60_000);
    clock.advance(59_999);
    expect(engine.stats()).toMatchObject({ running: 0, queued: 0, waiting: 1 });
    clock.advance(1);
    await rests(engine, { waiting: 0 });
    expect(await statusOf(engine, 'a')).toBe('SUCCEEDED');
    expect(clock.nextDue()).toBeNull();
    expect(lines).toEqual([]);
  });

  it.each([
    ['10 s, then one of 60 s', 10, 60],
    ['60 s, then one of 10 s', 60, 10],
  ])('wakes each in its own time: a sleeper of %s', async (_, first, second) => {
    const { engine, clock } = engineWorld(workflows);
    await engine.start('sleep@1', `${first}`, { seconds: first });
    await rests(engine, { waiting: 1 });
    await engine.start('sleep@1', `${second}`, { seconds: second });
    await rests(engine, { waiting: 2 });
    clock.advance(10_000);
    await rests(engine, { waiting: 1 });
    expect(await statusOf(engine, '10')).toBe('SUCCEEDED');
    clock.advance(50_000);
    await rests(engine, { waiting: 0 });
    expect(await statusOf(engine, '60')).toBe('SUCCEEDED');
  });

  it('wakes those of the last process', async () => {
    const { engine, clock, reopen } = engineWorld(workflows);
    await engine.start('sleep@1', 'a', { seconds: 60 });
    await rests(engine, { waiting: 1 });
    await engine.close();
    const next = reopen(workflows);
    await expect.poll(() => clock.nextDue(), { interval: 1 }).toBe(clock.now() + 60_000);
    clock.advance(60_000);
    await rests(next, { waiting: 0 });
    expect(await statusOf(next, 'a')).toBe('SUCCEEDED');
  });

  it('shows as running what it has woken', async () => {
    const begun = gate();
    const work = gate();
    const { engine, clock } = engineWorld({
      'sleep@1': async (_: object, run: Run) => {
        await run.wait({ seconds: 60 });
        await run.step('work', () => {
          begun.resolve();
          return work.promise;
        });
      },
    });
    await engine.start('sleep@1', 'a', {});
    await rests(engine, { waiting: 1 });
    clock.advance(60_000);
    await begun.promise;
    expect(await engine.describe('sleep@1', 'a')).toMatchObject({ status: 'ACTIVE', wakesAt: null });
    work.resolve();
    await engine.close();
  });

  it('has no alarm for what waits for an answer alone', async () => {
    const { engine, clock } = engineWorld({
      'ask@1': (_: object, run: Run) => run.waitForCallback('ask', async () => {}),
    });
    await engine.start('ask@1', 'a', {});
    await rests(engine, { waiting: 1 });
    expect(clock.nextDue()).toBeNull();
  });

  it('keeps somebody asleep for whom the clock was set back while he waited for his turn', async () => {
    const begun = gate();
    const work = gate();
    const { engine, clock } = engineWorld(
      {
        ...workflows,
        'work@1': async () => {
          begun.resolve();
          await work.promise;
        },
      },
      { live: 1 },
    );
    const start = clock.now();
    await engine.start('sleep@1', 'a', { seconds: 60 });
    await rests(engine, { waiting: 1 });
    await engine.start('work@1', 'b', {});
    await begun.promise;
    clock.advance(60_000);
    expect(engine.stats()).toMatchObject({ running: 1, queued: 1 });
    clock.set(start + 10_000);
    work.resolve();
    await rests(engine, { waiting: 1 });
    expect(await engine.describe('sleep@1', 'a')).toMatchObject({
      status: 'WAITING',
      wakesAt: new Date(start + 60_000).toISOString(),
    });
    clock.advance(50_000);
    await rests(engine, { waiting: 0 });
    expect(await statusOf(engine, 'a')).toBe('SUCCEEDED');
  });
});

describe('an execution that was ended while it waited for its turn', () => {
  it.each([
    ['is not run', 0],
    ['is not run either where it was forgotten since', 31],
  ])('%s', async (_, daysLater) => {
    const work = gate();
    const begun = gate();
    const runs: string[] = [];
    const { engine, clock, lines } = engineWorld(
      {
        'work@1': async (input: { readonly name: string }) => {
          runs.push(input.name);
          begun.resolve();
          await work.promise;
        },
      },
      { live: 1 },
    );
    for (const name of ['a', 'b', 'c']) await engine.start('work@1', name, { name });
    await begun.promise;
    await engine.stop('work@1', 'b');
    expect(await engine.sweep(clock.now() + daysLater * 24 * 3_600_000)).toBe(daysLater > 0 ? 1 : 0);
    work.resolve();
    await rests(engine, { waiting: 0 });
    expect(runs).toEqual(['a', 'c']);
    expect(lines).toEqual([]);
  });
});

it('an execution that is stopped while it runs has not failed', async () => {
  const begun = gate();
  const { engine, clock, lines } = engineWorld({
    'work@1': async () => {
      begun.resolve();
      await new Promise(() => {});
    },
  });
  await engine.start('work@1', 'a', {});
  await begun.promise;
  await engine.stop('work@1', 'a');
  await rests(engine, { failedInvocations: 0 });
  expect(lines).toEqual([]);
  expect(clock.nextDue()).toBeNull();
});

describe('a closed engine', () => {
  it('takes nothing up: neither what falls due nor what is started', async () => {
    const { engine, clock } = engineWorld(workflows);
    await engine.start('sleep@1', 'a', { seconds: 60 });
    await rests(engine, { waiting: 1 });
    await engine.close();
    clock.advance(60_000);
    await engine.idle();
    expect(engine.stats()).toMatchObject({ running: 0, queued: 0, waiting: 1 });
    await engine.start('sleep@1', 'b', { seconds: 60 });
    expect(engine.stats()).toMatchObject({ running: 0, queued: 1 });
    expect(clock.nextDue()).toBeNull();
  });

  it('sets no alarm for what falls asleep while it closes', async () => {
    const begun = gate();
    const work = gate();
    const { engine, clock } = engineWorld({
      'work@1': async (_: object, run: Run) => {
        await run.step('work', () => {
          begun.resolve();
          return work.promise;
        });
        await run.wait({ seconds: 60 });
      },
    });
    await engine.start('work@1', 'a', {});
    await begun.promise;
    const closed = engine.close();
    work.resolve();
    await closed;
    expect(engine.stats()).toMatchObject({ waiting: 1 });
    expect(clock.nextDue()).toBeNull();
  });

  it('sets none either where the disk is too full to say that it sleeps', async () => {
    const begun = gate();
    const answer = gate();
    const db = openSqlite(':memory:');
    let full = false;
    const { engine, clock, lines } = engineWorld(workflows, {
      db: {
        ...db,
        write: work =>
          full ? Promise.reject(new Unavailable('disk-full', 'The disk is full.')) : db.write(work),
      },
      runElsewhere: () => () => async () => {
        begun.resolve();
        await answer.promise;
        return { Status: InvocationStatus.PENDING };
      },
    });
    await engine.start('sleep@1', 'a', { seconds: 60 });
    await begun.promise;
    const closed = engine.close();
    full = true;
    answer.resolve();
    await closed;
    expect(lines).toMatchObject([{ what: 'invocation failed', fields: { attempt: 1 } }]);
    expect(clock.nextDue()).toBeNull();
  });

  it('has waited for everything that ran', async () => {
    const gates = { a: gate(), b: gate() };
    const begun = { a: gate(), b: gate() };
    const { engine } = engineWorld({
      'work@1': async ({ name }: { readonly name: 'a' | 'b' }) => {
        begun[name].resolve();
        await gates[name].promise;
      },
    });
    for (const name of ['a', 'b'] as const) await engine.start('work@1', name, { name });
    await Promise.all([begun.a.promise, begun.b.promise]);
    let over = false;
    const closed = engine.close().then(() => {
      over = true;
    });
    gates.a.resolve();
    await expect.poll(() => engine.stats().running, { interval: 1 }).toBe(1);
    await new Promise(resolve => setImmediate(resolve));
    expect(over).toBe(false);
    gates.b.resolve();
    await closed;
    expect(engine.stats()).toMatchObject({ running: 0 });
  });

  it('waits no longer than it was told for what has not even been invoked yet', async () => {
    const db = openSqlite(':memory:');
    const disk = gate();
    let slow = false;
    const { engine, clock } = engineWorld(workflows, {
      db: {
        ...db,
        async write(work) {
          if (slow) await disk.promise;
          return db.write(work);
        },
      },
    });
    await engine.start('sleep@1', 'a', { seconds: 60 });
    await rests(engine, { waiting: 1 });
    slow = true;
    clock.advance(60_000);
    expect(engine.stats()).toMatchObject({ running: 1 });
    const closed = engine.close(5000);
    clock.advance(5000);
    await closed;
    disk.resolve();
    await rests(engine, { waiting: 0 });
    expect(await statusOf(engine, 'a')).toBe('ACTIVE');
  });
});
