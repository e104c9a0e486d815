import { describe, expect, it } from 'vitest';
import type { Run } from './durable.ts';
import { engineWorld } from './engine-world.ts';

type Input = { readonly n: number };

describe('starting', () => {
  const world = () =>
    engineWorld({
      'double@1': ({ n }: Input, run: Run) => run.step('double', async () => n * 2),
    });

  it('runs a workflow and keeps what it returned', async () => {
    const { engine } = world();
    expect(await engine.start('double@1', 'one', { n: 4 })).toBe('started');
    await engine.idle();
    expect(await engine.describe('double@1', 'one')).toEqual({
      workflow: 'double@1',
      name: 'one',
      status: 'SUCCEEDED',
      input: { n: 4 },
      result: 8,
      error: null,
      startedAt: '2026-05-30T15:30:00.000Z',
      endedAt: '2026-05-30T15:30:00.000Z',
      wakesAt: null,
    });
    expect(await engine.history('double@1', 'one')).toEqual([
      expect.objectContaining({
        name: 'double',
        type: 'STEP',
        status: 'SUCCEEDED',
        attempts: 1,
        result: '8',
      }),
    ]);
    expect(engine.stats()).toMatchObject({ invocations: 1, checkpoints: 1, failedInvocations: 0 });
    expect(await engine.describe('double@1', 'two')).toBeNull();
    expect(await engine.history('double@1', 'two')).toEqual([]);
  });

  it('is idempotent by workflow and name, whatever the order of the keys', async () => {
    const { engine } = world();
    const both = [
      engine.start('double@1', 'a', { n: 1, m: 2 }),
      engine.start('double@1', 'a', { m: 2, n: 1 }),
    ];
    expect(await Promise.all(both)).toEqual(['started', 'already-started']);
    await engine.idle();
    expect(await engine.start('double@1', 'a', { n: 1, m: 2 })).toBe('already-started');
    await expect(engine.start('double@1', 'a', { n: 3 })).rejects.toMatchObject({
      code: 'execution-name-taken',
    });
    expect(engine.stats()).toMatchObject({ invocations: 1 });
  });

  it.each([
    ['a workflow nobody wrote', 'triple@1', 'a', {}, 'workflow-unknown'],
    ['a name that AWS would not take', 'double@1', 'a/b', {}, 'execution-name-invalid'],
    ['an input above 6 MB', 'double@1', 'a', { x: 'x'.repeat(6_291_456) }, 'execution-input-too-large'],
  ])('refuses %s', async (_, workflow, name, input, code) => {
    await expect(world().engine.start(workflow, name, input)).rejects.toMatchObject({ code });
  });

  it('takes an input of exactly 6 MB', async () => {
    const { engine } = world();
    const input = { n: 1, x: 'x'.repeat(6_291_456 - '{"n":1,"x":""}'.length) };
    expect(await engine.start('double@1', 'a', input)).toBe('started');
    await engine.idle();
  });

  it('lists the newest first, by status and workflow', async () => {
    const { engine } = engineWorld({
      'a@1': async () => 'fine',
      'b@1': async () => Promise.reject(new Error('no')),
      'c@1': (_: Input, run: Run) => run.wait({ days: 1 }),
    });
    for (const [workflow, name] of ['a@1 1', 'b@1 2', 'c@1 3', 'a@1 4'].map(pair => pair.split(' '))) {
      await engine.start(workflow ?? '', name ?? '', {});
    }
    await engine.idle();
    const names = async (filter: Parameters<typeof engine.list>[0]) =>
      (await engine.list(filter)).map(({ name }) => name);
    expect(await names({})).toEqual(['4', '3', '2', '1']);
    expect(await names({ limit: 2 })).toEqual(['4', '3']);
    expect(await names({ status: 'SUCCEEDED' })).toEqual(['4', '1']);
    expect(await names({ status: 'FAILED' })).toEqual(['2']);
    expect(await names({ status: 'WAITING', workflow: 'c@1' })).toEqual(['3']);
    expect(await names({ status: 'ACTIVE' })).toEqual([]);
    expect(engine.stats()).toMatchObject({ waiting: 1, failed: 1, running: 0, queued: 0 });
  });
});

describe('time', () => {
  it('passes only when the clock says so: a wait sleeps without being run', async () => {
    const { engine, pass } = engineWorld({
      'rest@1': async (_: Input, run: Run) => {
        await run.wait('rest', { hours: 2 });
        return 'rested';
      },
    });
    await engine.start('rest@1', 'a', {});
    await engine.idle();
    expect(await engine.describe('rest@1', 'a')).toMatchObject({
      status: 'WAITING',
      wakesAt: '2026-05-30T17:30:00.000Z',
    });
    await pass(7199);
    expect(engine.stats().invocations).toBe(1);
    await pass(1);
    expect(await engine.describe('rest@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: 'rested' });
  });

  it('brings a retry when its delay is over, with the attempts counted', async () => {
    const attempts: number[] = [];
    const { engine, pass } = engineWorld({
      'try@1': (_: Input, run: Run) =>
        run.step(
          'stubborn',
          async ({ attempt }) => {
            attempts.push(attempt);
            if (attempt < 3) throw new Error(`attempt ${attempt}`);
            return 'done';
          },
          { retryStrategy: () => ({ shouldRetry: true, delay: { seconds: 20 } }) },
        ),
    });
    await engine.start('try@1', 'a', {});
    await engine.idle();
    expect(await engine.history('try@1', 'a')).toEqual([
      expect.objectContaining({
        status: 'PENDING',
        attempts: 1,
        error: { type: 'Error', message: 'attempt 1' },
        dueAt: '2026-05-30T15:30:20.000Z',
      }),
    ]);
    await pass(20);
    await pass(20);
    expect(attempts).toEqual([1, 2, 3]);
    expect(await engine.describe('try@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: 'done' });
  });

  it('leaves the loser of a race asleep: it wakes nobody and is never run', async () => {
    const ran: string[] = [];
    const { engine, pass, clock } = engineWorld({
      'race@1': async (_: Input, run: Run) => {
        await run.parallel(
          'race',
          [
            async child => child.step('quick', async () => ran.push('quick')),
            async child =>
              child.step(
                'slow',
                async () => {
                  ran.push('slow');
                  throw new Error('again');
                },
                { retryStrategy: () => ({ shouldRetry: true, delay: { seconds: 5 } }) },
              ),
          ],
          { completionConfig: { minSuccessful: 1 } },
        );
        await run.wait({ days: 1 });
        return ran.length;
      },
    });
    await engine.start('race@1', 'a', {});
    await engine.idle();
    const { invocations } = engine.stats();
    await pass(3600);
    expect(engine.stats().invocations).toBe(invocations);
    clock.advance(86_400_000);
    await engine.idle();
    expect(ran.filter(step => step === 'quick')).toEqual(['quick']);
    expect(await engine.describe('race@1', 'a')).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('invoking another workflow', () => {
  it('waits for it, takes over its result, and shows it under its own name', async () => {
    const { engine } = engineWorld({
      'outer@1': (_: Input, run: Run) => run.invoke('call', 'inner@1', { n: 5 }),
      'inner@1': async ({ n }: Input, run: Run) => run.step('work', async () => n + 1),
    });
    await engine.start('outer@1', 'a', {});
    await engine.idle();
    expect(await engine.describe('outer@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: 6 });
    expect(await engine.list({ workflow: 'inner@1' })).toEqual([
      expect.objectContaining({ input: { n: 5 }, result: 6, status: 'SUCCEEDED' }),
    ]);
  });

  it('fails at once if there is no such workflow', async () => {
    const { engine } = engineWorld({
      'outer@1': (_: Input, run: Run) => run.invoke('call', 'missing@1', {}),
    });
    await engine.start('outer@1', 'a', {});
    await engine.idle();
    expect(await engine.describe('outer@1', 'a')).toMatchObject({
      status: 'FAILED',
      error: { type: 'InvokeError', message: 'No workflow is called missing@1.' },
    });
  });

  it('does not hand over a result that no operation may hold', async () => {
    const { engine } = engineWorld({
      'outer@1': (_: Input, run: Run) => run.invoke('call', 'inner@1', {}),
      'inner@1': async () => 'x'.repeat(300_000),
    });
    await engine.start('outer@1', 'a', {});
    await engine.idle();
    expect(await engine.describe('outer@1', 'a')).toMatchObject({
      error: { message: 'The invoked execution returned 300002 bytes; the limit is 262144 bytes.' },
    });
  });
});
