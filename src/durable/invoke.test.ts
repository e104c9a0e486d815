import { type DurableLambdaHandler, InvocationStatus } from '@aws/durable-execution-sdk-js';
import { describe, expect, it } from 'vitest';
import { silentLog } from '#platform/log.ts';
import { pageSize } from './client.ts';
import { gate } from './engine-world.ts';
import { held, update } from './held.fixture.ts';
import type { Invocation } from './invocation.ts';
import { createInvoker } from './invoke.ts';
import { apply } from './machine.ts';
import { put } from './state.ts';

type Event = Parameters<DurableLambdaHandler>[0];

/** An execution that is invoked once, by a workflow function of the test's own. */
async function invoking(handler: (event: Event, invocation: Invocation) => ReturnType<DurableLambdaHandler>) {
  const world = await held();
  const invoker = createInvoker({
    handlers: new Map([
      [
        'known@1',
        ((event, context) => handler(event, context as unknown as Invocation)) as DurableLambdaHandler,
      ],
    ]),
    clock: world.clock,
    log: silentLog,
    deadlineMs: 60_000,
  });
  return { ...world, invoke: () => invoker.invoke(world.live) };
}

const [succeeded, pending] = [
  { Status: InvocationStatus.SUCCEEDED } as const,
  { Status: InvocationStatus.PENDING } as const,
];

describe('an invocation is told', () => {
  it.each([
    ['as many operations as fit on a page', 0, undefined],
    ['of one more, where to read on', 1, String(pageSize)],
  ])('%s', async (_, more, marker) => {
    let state: Event['InitialExecutionState'] | undefined;
    const { invoke, live, clock } = await invoking(async event => {
      state = event.InitialExecutionState;
      return succeeded;
    });
    // The execution itself stands first.
    for (let n = 1; n < pageSize + more; n++) {
      put(
        live.state,
        apply(update(`s${n}`, 'STEP', 'START'), undefined, clock.now(), () => ''),
      );
    }
    await invoke();
    expect(state?.Operations).toHaveLength(pageSize);
    expect(state?.NextMarker).toBe(marker);
  });

  it('what the outside changed, once', async () => {
    const told: unknown[] = [];
    const { invoke, live } = await invoking(async event => {
      told.push(event.UpdatedOperationIds);
      return pending;
    });
    live.news.add('callback');
    await invoke();
    await invoke();
    expect(told).toEqual([['callback'], []]);
  });
});

describe('an invocation is over', () => {
  /** It leaves a step under way when it answers. */
  const leaving = async (answer: (invocation: Invocation) => ReturnType<DurableLambdaHandler>) => {
    const step = gate();
    const world = await invoking((_, invocation) => {
      void invocation.body(() => step.promise);
      return answer(invocation);
    });
    return { ...world, step };
  };

  it('at once where it has come to an end, whatever is still under way in it', async () => {
    const { invoke } = await leaving(async () => succeeded);
    expect(await invoke()).toEqual({ kind: 'answered', output: succeeded, readyBefore: [] });
  });

  it('at once where its execution was ended meanwhile: nobody wants to know what it answers', async () => {
    const { invoke } = await leaving(async ({ live }) => {
      live.ended = true;
      return pending;
    });
    expect(await invoke()).toEqual({ kind: 'ended' });
  });

  it.each([
    ['it waits', async () => pending, { kind: 'answered', output: pending, readyBefore: [] }],
    ['it has failed', () => Promise.reject(new Error('cut')), { kind: 'failed', error: new Error('cut') }],
  ])('once none of its steps is under way where %s, for it may run again', async (_, answer, outcome) => {
    const { invoke, step } = await leaving(answer);
    let over = false;
    const invoked = invoke().finally(() => {
      over = true;
    });
    for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve));
    expect(over).toBe(false);
    step.resolve();
    expect(await invoked).toEqual(outcome);
  });
});

describe('the bodies of an invocation', () => {
  it('have ended when the last has, again each time one begins', async () => {
    const { invoke } = await held();
    const invocation = invoke();
    await invocation.body(() => 'first');
    await invocation.bodiesEnded();
    const second = gate();
    const body = invocation.body(() => second.promise);
    let quiet = false;
    const ended = invocation.bodiesEnded().then(() => {
      quiet = true;
    });
    await Promise.resolve();
    await Promise.resolve();
    expect(quiet).toBe(false);
    second.resolve();
    await Promise.all([body, ended]);
  });

  it('begin no more from the moment it is given up', async () => {
    const { invoke } = await held();
    const invocation = invoke();
    invocation.giveUp(new Error('stopped'));
    let runs = 0;
    void invocation.body(() => ++runs);
    expect([runs, invocation.token]).toEqual([0, null]);
    await expect(invocation.givenUp).rejects.toThrow('stopped');
  });
});
