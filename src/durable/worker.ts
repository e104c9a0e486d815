import { type ErrorObject, InvocationStatus } from '@aws/durable-execution-sdk-js';
import type { Clock } from '#lib/clock.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import type { Changes, Transact } from './changes.ts';
import type { Checkpoints } from './checkpoint.ts';
import type { Live } from './invocation.ts';
import type { Invoker, Outcome } from './invoke.ts';
import { limits, sizeBytes } from './limits.ts';
import type { Ending } from './machine.ts';
import { due, stateOf } from './state.ts';
import type { ExecutionStore } from './store.sqlite.ts';

/** After so many failed invocations in a row an execution is FAILED. Trouble with the disk does not count. */
const mostFailures = 10;
const longestRestMs = 60_000;

export type Worker = ReturnType<typeof createWorker>;

/** Runs executions: a queue, at most `cap` at a time, one alarm for the next that is due, and rest for those that fail. */
export function createWorker({
  store,
  lives,
  changes,
  checkpoints,
  transact,
  invoker,
  clock,
  log,
  cap,
}: {
  readonly store: ExecutionStore;
  readonly lives: Map<number, Live>;
  readonly changes: Changes;
  readonly checkpoints: Checkpoints;
  readonly transact: Transact;
  readonly invoker: Invoker;
  readonly clock: Clock;
  readonly log: Log;
  readonly cap: number;
}) {
  const queue = new Set<number>();
  /** Woken while they held a slot: they run again as soon as they have let go of it. */
  const wanted = new Set<number>();
  const failures = new Map<number, { counted: number; tries: number; cause: unknown }>();
  const resting = new Map<number, () => void>();
  const onIdle: (() => void)[] = [];
  let alarm: { at: number; cancel: () => void } | null = null;
  let closing = false;
  let failedInvocations = 0;

  function enqueue(id: number): void {
    if (lives.has(id)) wanted.add(id);
    else queue.add(id);
    pump();
  }

  function pump(): void {
    if (closing) return;
    for (const id of queue) {
      if (lives.size >= cap) return;
      queue.delete(id);
      const live = take(id);
      if (live) void hold(live);
    }
  }

  /** Wakes what is due and sets the alarm for the next. */
  function wakeDue(): void {
    alarm?.cancel();
    alarm = null;
    if (closing) return;
    const now = clock.now();
    for (const id of store.dueBy(now)) if (!lives.has(id) && !resting.has(id)) queue.add(id);
    alarmAt(store.nextWakeAfter(now));
    pump();
  }

  function alarmAt(at: number | null): void {
    if (at === null || closing || (alarm && alarm.at <= at)) return;
    alarm?.cancel();
    alarm = { at, cancel: clock.after(at - clock.now(), wakeDue) };
  }

  /** Gives an execution a slot and reads its state, unless it has ended while it was queued. */
  function take(id: number): Live | null {
    const execution = store.get(id);
    if (!execution || execution.endedAt !== null) {
      failures.delete(id);
      return null;
    }
    const { entries, news } = store.journal(id);
    const live: Live = {
      execution,
      state: stateOf(entries),
      news: new Set(news),
      invocation: null,
      ended: false,
    };
    lives.set(id, live);
    return live;
  }

  /** Runs an execution until it sleeps, ends or fails, then gives its slot to the next. */
  async function hold(live: Live): Promise<void> {
    const { id, status } = live.execution;
    try {
      // Nothing to write for an execution that was just started, which is most of them.
      const asleep = status === 'WAITING' || due(live.state, clock.now()).length > 0;
      let run = !asleep || (await transact(change => checkpoints.begin(change, live)));
      while (run && !closing) run = await conclude(live, await invoker.invoke(live));
    } catch (error) {
      await rest(live, error);
    }
    lives.delete(id);
    if (wanted.delete(id)) queue.add(id);
    pump();
    if (isIdle()) for (const resolve of onIdle.splice(0)) resolve();
  }

  /** Stores what an invocation came to. Returns whether the execution is to run again at once. */
  async function conclude(live: Live, outcome: Outcome): Promise<boolean> {
    if (outcome.kind === 'ended' || (closing && outcome.kind === 'failed')) return false;
    if (outcome.kind === 'failed') throw outcome.error;
    const { output, readyBefore } = outcome;
    const { id } = live.execution;
    if (output.Status === InvocationStatus.PENDING) {
      const suspended = await transact(change => checkpoints.suspend(change, live, readyBefore));
      failures.delete(id);
      if (suspended.to === 'asleep') alarmAt(suspended.until);
      if (suspended.to === 'stuck') logEnd(live, 'stuck');
      return suspended.to === 'again';
    }
    const ending: Ending =
      output.Status === InvocationStatus.SUCCEEDED
        ? { status: 'SUCCEEDED', ...(output.Result !== undefined && { result: output.Result }) }
        : { status: 'FAILED', error: fitting(output.Error) };
    await transact(change => changes.end(change, id, ending));
    failures.delete(id);
    if (ending.status === 'FAILED') logEnd(live, ending.error.ErrorType ?? 'Error');
    return false;
  }

  /** Lets an execution rest after a failed invocation: 1 s, 2 s, 4 s … 1 min; gives it up after the tenth in a row. */
  async function rest(live: Live, error: unknown): Promise<void> {
    const { id, workflow, name } = live.execution;
    const { counted, tries, cause } = failures.get(id) ?? { counted: 0, tries: 0, cause: null };
    const trouble = error instanceof Unavailable;
    const now = trouble
      ? { counted, tries: tries + 1, cause }
      : { counted: counted + 1, tries: tries + 1, cause: error };
    failures.set(id, now);
    failedInvocations++;
    log.warn('invocation failed', { workflow, execution: name, attempt: now.tries, error });
    if (closing) return;
    if (now.counted >= mostFailures && !trouble) return giveUp(live, now.cause);
    const ms = Math.min(1000 * 2 ** tries, longestRestMs);
    const wakeUp = () => {
      resting.delete(id);
      if (now.counted < mostFailures) enqueue(id);
      else void giveUp(live, now.cause);
    };
    resting.set(id, clock.after(ms, wakeUp));
  }

  async function giveUp(live: Live, cause: unknown): Promise<void> {
    const { id } = live.execution;
    const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
    const ErrorMessage = `Gave up after ${mostFailures} failed invocations: ${message}`;
    try {
      const error = fitting({ ErrorType: name, ErrorMessage });
      await transact(change => changes.end(change, id, { status: 'FAILED', error }));
      failures.delete(id);
      logEnd(live, name);
    } catch (trouble) {
      await rest(live, trouble);
    }
  }

  const logEnd = (live: Live, code: string) =>
    log.error('execution failed', {
      workflow: live.execution.workflow,
      execution: live.execution.name,
      code,
    });

  /** Who is queued has a slot as soon as one is free, so nobody is where none is taken. */
  const isIdle = () => lives.size === 0;

  return {
    enqueue,

    /** Takes up what the last process left. */
    start(): void {
      for (const id of store.active()) queue.add(id);
      wakeDue();
    },

    async idle(): Promise<void> {
      // An engine that was just opened begins in the same turn.
      await Promise.resolve();
      for (wakeDue(); !isIdle(); wakeDue()) {
        await new Promise<void>(resolve => onIdle.push(resolve));
      }
    },

    async close(ms: number): Promise<void> {
      closing = true;
      alarm?.cancel();
      for (const cancel of resting.values()) cancel();
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const cancel = clock.after(ms, () => {
        for (const live of lives.values()) live.invocation?.giveUp(new Error('The program is stopping.'));
        resolve();
      });
      const drained = lives.size === 0 ? Promise.resolve() : new Promise<void>(done => onIdle.push(done));
      await Promise.race([drained, late]);
      cancel();
    },

    stats: () => ({ running: lives.size, queued: queue.size, failedInvocations }),
  };
}

/** An error cut down to what may be stored. */
function fitting(error: ErrorObject): ErrorObject {
  if (sizeBytes(JSON.stringify(error)) <= limits.errorBytes) return error;
  const { ErrorType = 'Error', ErrorMessage = '' } = error;
  return { ErrorType: ErrorType.slice(0, 256), ErrorMessage: `${ErrorMessage.slice(0, 4000)} …` };
}
