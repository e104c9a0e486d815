import { describe, expect, it } from 'vitest';
import type { Run } from './durable.ts';
import { engineWorld, gate } from './engine-world.ts';

type Input = { readonly n: number };

describe('the next process', () => {
  it('carries on what ran and what slept', async () => {
    const asked = gate<string>();
    const begun = gate();
    const runs = { first: 0, second: 0 };
    const workflows = {
      'work@1': async (_: Input, run: Run) => {
        await run.step('first', async () => ++runs.first);
        await run.step('second', async () => {
          if (++runs.second > 1) return;
          begun.resolve();
          await new Promise(() => {});
        });
        return 'worked';
      },
      'sleep@1': async (_: Input, run: Run) => {
        await run.wait({ hours: 1 });
        return 'slept';
      },
      'ask@1': (_: Input, run: Run) => run.waitForCallback('ask', async id => asked.resolve(id)),
    };
    const { engine, clock, reopen } = engineWorld(workflows);
    for (const workflow of Object.keys(workflows)) await engine.start(workflow, 'a', {});
    const id = await asked.promise;
    await begun.promise;
    const closed = engine.close(5000);
    while (engine.stats().running > 1) await new Promise(resolve => setImmediate(resolve));
    clock.advance(5000);
    await closed;
    expect((await engine.list({})).map(({ status }) => status)).toEqual(['WAITING', 'WAITING', 'ACTIVE']);

    clock.advance(3_600_000);
    const next = reopen(workflows);
    await next.completeCallback(id, 'answered');
    await next.idle();
    expect((await next.list({})).map(({ result }) => result)).toEqual(['answered', 'slept', 'worked']);
    expect(runs).toEqual({ first: 1, second: 2 });
  });

  it('does not begin while it lacks a workflow that somebody waits for, and says which', async () => {
    const { engine, reopen } = engineWorld({
      'old@1': (_: Input, run: Run) => run.wait({ hours: 1 }),
      'older@1': (_: Input, run: Run) => run.wait({ hours: 1 }),
      'done@1': async () => 'done',
    });
    await engine.start('old@1', 'a', {});
    await engine.start('older@1', 'a', {});
    await engine.start('older@1', 'b', {});
    await engine.start('done@1', 'a', {});
    await engine.idle();
    await engine.close();
    expect(() => reopen({ 'old@2': async () => 'new' })).toThrow(
      expect.objectContaining({
        code: 'workflow-unknown',
        message: expect.stringContaining('old@1 (1), older@1 (2).'),
        data: { workflows: ['old@1', 'older@1'] },
      }),
    );
    const sleep = (_: Input, run: Run) => run.wait({ hours: 1 });
    const next = reopen({ 'old@1': sleep, 'older@1': sleep, 'old@2': async () => '' });
    await next.idle();
  });
});

describe('closing', () => {
  it('lets what runs finish and begins nothing new', async () => {
    const work = gate();
    const begun = gate();
    const workflows = {
      'work@1': async (_: Input, run: Run) => {
        await run.step('work', async () => {
          begun.resolve();
          await work.promise;
        });
      },
    };
    const { engine, reopen } = engineWorld(workflows, { live: 1 });
    await engine.start('work@1', 'running', {});
    await engine.start('work@1', 'queued', {});
    await begun.promise;
    const closed = engine.close();
    await engine.start('work@1', 'late', {});
    work.resolve();
    await closed;
    expect((await engine.list({})).map(({ name, status }) => [name, status])).toEqual([
      ['late', 'ACTIVE'],
      ['queued', 'ACTIVE'],
      ['running', 'SUCCEEDED'],
    ]);
    const next = reopen(workflows);
    await next.idle();
    expect(await next.list({ status: 'SUCCEEDED' })).toHaveLength(3);
  });
});

describe('stopping an execution', () => {
  it('ends a sleeping one, and nothing wakes it again', async () => {
    const { engine, pass } = engineWorld({ 'sleep@1': (_: Input, run: Run) => run.wait({ hours: 1 }) });
    await engine.start('sleep@1', 'a', {});
    await engine.idle();
    await engine.stop('sleep@1', 'a');
    await engine.stop('sleep@1', 'a');
    await pass(3600);
    expect(await engine.describe('sleep@1', 'a')).toMatchObject({
      status: 'STOPPED',
      wakesAt: null,
      error: { type: 'ExecutionStopped', message: 'The execution was stopped.' },
    });
    expect(engine.stats().invocations).toBe(1);
    await engine.retry('sleep@1', 'a');
    await engine.idle();
    expect(await engine.describe('sleep@1', 'a')).toMatchObject({ status: 'WAITING', error: null });
  });

  it('ends a running one: the step under way finishes, is not recorded, and the next never begins', async () => {
    const ran: string[] = [];
    const begun = gate();
    const work = gate();
    const { engine } = engineWorld({
      'work@1': async (_: Input, run: Run) => {
        await run.step('first', async () => {
          begun.resolve();
          await work.promise;
          ran.push('first');
        });
        await run.step('second', async () => ran.push('second'));
      },
    });
    await engine.start('work@1', 'a', {});
    await begun.promise;
    await engine.stop('work@1', 'a');
    work.resolve();
    await engine.idle();
    await new Promise(resolve => setImmediate(resolve));
    expect(ran).toEqual(['first']);
    expect(await engine.describe('work@1', 'a')).toMatchObject({ status: 'STOPPED' });
    expect((await engine.history('work@1', 'a')).map(({ status }) => status)).not.toContain('SUCCEEDED');
  });

  it('lets go at once of one that waits for something the engine knows nothing of', async () => {
    const begun = gate();
    const { engine } = engineWorld(
      {
        'hang@1': async () => {
          begun.resolve();
          await new Promise(() => {});
        },
        'work@1': async () => 'worked',
      },
      { live: 1 },
    );
    await engine.start('hang@1', 'a', {});
    await begun.promise;
    await engine.start('work@1', 'b', {});
    await engine.stop('hang@1', 'a');
    await engine.idle();
    expect((await engine.list({})).map(({ status }) => status)).toEqual(['SUCCEEDED', 'STOPPED']);
  });

  it('ends those it invoked; one that is stopped itself tells who invoked it', async () => {
    const { engine } = engineWorld({
      'outer@1': (_: Input, run: Run) => run.invoke('inner@1', {}),
      'inner@1': (_: Input, run: Run) => run.wait({ hours: 1 }),
    });
    await engine.start('outer@1', 'a', {});
    await engine.start('outer@1', 'b', {});
    await engine.idle();
    const [, inner] = await engine.list({ workflow: 'inner@1' });
    await engine.stop('outer@1', 'b');
    await engine.stop('inner@1', inner?.name ?? '');
    await engine.idle();
    expect(
      (await engine.list({})).map(({ workflow, name, status }) => `${workflow} ${name} ${status}`),
    ).toEqual([
      'inner@1 2/c4ca4238a0b92382 STOPPED',
      'inner@1 1/c4ca4238a0b92382 STOPPED',
      'outer@1 b STOPPED',
      'outer@1 a FAILED',
    ]);
  });

  it('is refused where there is nothing to stop', async () => {
    const { engine } = engineWorld({ 'work@1': async () => 1 });
    await expect(engine.stop('work@1', 'a')).rejects.toMatchObject({ code: 'execution-unknown' });
    await engine.start('work@1', 'a', {});
    await engine.idle();
    await expect(engine.stop('work@1', 'a')).rejects.toMatchObject({ code: 'execution-ended' });
  });
});

describe('retrying a failed execution', () => {
  it('runs it anew from the start, with the input it had', async () => {
    let broken = true;
    const ran: string[] = [];
    const { engine } = engineWorld({
      'work@1': async ({ n }: Input, run: Run) => {
        await run.step('first', async () => ran.push('first'));
        if (broken) throw new Error('broken');
        return n;
      },
    });
    await engine.start('work@1', 'a', { n: 7 });
    await engine.idle();
    expect(await engine.describe('work@1', 'a')).toMatchObject({ status: 'FAILED' });
    broken = false;
    await engine.retry('work@1', 'a');
    await engine.idle();
    expect(await engine.describe('work@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: 7 });
    expect(ran).toEqual(['first', 'first']);
    await expect(engine.retry('work@1', 'a')).rejects.toMatchObject({ code: 'execution-not-failed' });
    await expect(engine.retry('work@1', 'b')).rejects.toMatchObject({ code: 'execution-unknown' });
    await expect(engine.retry('gone@1', 'a')).rejects.toMatchObject({ code: 'workflow-unknown' });
  });

  it('makes the callbacks of the failed run worthless', async () => {
    const asked: string[] = [];
    const { engine, pass } = engineWorld({
      'ask@1': (_: Input, run: Run) =>
        run.waitForCallback('ask', async id => void asked.push(id), { timeout: { hours: 1 } }),
    });
    await engine.start('ask@1', 'a', {});
    await engine.idle();
    await pass(3600);
    await engine.retry('ask@1', 'a');
    await engine.idle();
    await expect(engine.completeCallback(asked[0] ?? '', 'x')).rejects.toMatchObject({
      code: 'callback-unknown',
    });
    await engine.completeCallback(asked[1] ?? '', 'yes');
    await engine.idle();
    expect(await engine.describe('ask@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: 'yes' });
  });

  it('is for whoever was started by name: an invoked one is retried with its parent', async () => {
    const { engine } = engineWorld({
      'outer@1': (_: Input, run: Run) => run.invoke('inner@1', {}),
      'inner@1': async () => Promise.reject(new Error('no')),
    });
    await engine.start('outer@1', 'a', {});
    await engine.idle();
    const [inner] = await engine.list({ workflow: 'inner@1' });
    await expect(engine.retry('inner@1', inner?.name ?? '')).rejects.toMatchObject({
      code: 'execution-has-parent',
    });
  });
});

it('lets an execution end by which the one that invoked it has long been forgotten', async () => {
  const { engine, clock, pass } = engineWorld({
    'outer@1': async (_: Input, run: Run) => {
      const inner = run.invoke('inner@1', {});
      await run.step('goes on alone', async () => Promise.reject(new Error('no')), {
        retryStrategy: () => ({ shouldRetry: false }),
      });
      return inner;
    },
    'inner@1': async (_: Input, run: Run) => {
      await run.wait({ days: 60 });
      return 'late';
    },
  });
  await engine.start('outer@1', 'a', {});
  await engine.idle();
  expect(await engine.describe('outer@1', 'a')).toMatchObject({ status: 'FAILED' });
  await pass(31 * 86_400);
  expect(await engine.sweep(clock.now())).toBe(1);
  await pass(29 * 86_400);
  expect(await engine.list({})).toEqual([
    expect.objectContaining({ workflow: 'inner@1', status: 'SUCCEEDED', result: 'late' }),
  ]);
});

it('forgets executions thirty days after they ended, whatever was still open in them', async () => {
  const { engine, clock, db } = engineWorld({
    'work@1': (_: Input, run: Run) => run.step('work', async () => 1),
    'sleep@1': (_: Input, run: Run) => run.wait({ days: 90 }),
  });
  for (let n = 0; n < 250; n++) await engine.start('work@1', `old-${n}`, {});
  await engine.start('sleep@1', 'a', {});
  await engine.idle();
  clock.advance(29 * 86_400_000);
  expect(await engine.sweep(clock.now())).toBe(0);
  await engine.start('work@1', 'recent', {});
  await engine.idle();
  clock.advance(86_400_001);
  expect(await engine.sweep(clock.now())).toBe(250);
  expect((await engine.list({})).map(({ name }) => name)).toEqual(['recent', 'a']);
  expect(db.get('SELECT count(DISTINCT execution) AS n FROM journal')).toMatchObject({ n: 2 });
  expect(await engine.start('work@1', 'old-1', {})).toBe('started');
});
