// What an invocation does to its execution: begin, checkpoint, suspend.
import type { OperationUpdate, WireOperation } from '@aws/durable-execution-sdk-js';
import { newSecret, type Random } from '#lib/random.ts';
import type { Change, Changes } from './changes.ts';
import { checkBatch } from './check.ts';
import type { Invocation, Live } from './invocation.ts';
import { limits, sizeBytes } from './limits.ts';
import { apply, type Ending, type Entry, settle } from './machine.ts';
import { due, isWaiting, nextDue, put, ready } from './state.ts';
import type { ExecutionStore } from './store.sqlite.ts';

/** An invocation wrote with a token that is no longer good: it was superseded, stopped or timed out. */
export class StaleToken extends Error {
  override readonly name = 'StaleToken';
}

/** Where a suspended execution went. `again`: something changed while it was suspending. `stuck`: nothing could ever wake it, so it failed. */
export type Suspended =
  | { readonly to: 'again' | 'stuck' | 'ended' }
  | { readonly to: 'asleep'; readonly until: number | null };

export type Checkpoints = ReturnType<typeof createCheckpoints>;

export function createCheckpoints({
  store,
  changes: { record, end },
  random,
  isKnown,
}: {
  readonly store: ExecutionStore;
  readonly changes: Changes;
  readonly random: Random;
  readonly isKnown: (workflow: string) => boolean;
}) {
  /** Starts the execution that another one invokes. Its name cannot collide with a given one, which may hold no slash. */
  function startChild(change: Change, parent: number, update: OperationUpdate): Ending | null {
    const workflow = update.ChainedInvokeOptions?.FunctionName ?? '';
    if (!isKnown(workflow)) {
      const ErrorMessage = `No workflow is called ${workflow}.`;
      return { status: 'FAILED', error: { ErrorType: 'workflow-unknown', ErrorMessage } };
    }
    const id = store.insert(change.tx, {
      workflow,
      name: `${parent}/${update.Id}`,
      input: update.Payload ?? '{}',
      parent,
      parentOperation: update.Id ?? '',
      startedAt: change.now,
    });
    change.woken.add(id);
    return null;
  }

  function after(change: Change, id: number, update: OperationUpdate, before: Entry | undefined): Entry {
    const entry = apply(
      update,
      before,
      change.now,
      () => `${id}.${update.Id}.${newSecret(random, 'durable callback')}`,
    );
    if (update.Type !== 'CHAINED_INVOKE' || update.Action !== 'START') return entry;
    const failed = startChild(change, id, update);
    return (failed && settle(entry, failed, change.now)) ?? entry;
  }

  return {
    /**
     * Makes an execution that is to run ACTIVE and fires what is due: on disk before the workflow acts on it. Returns whether
     * it is still to run. Nothing need be due: the clock may have been set back since it was woken, and it sleeps on.
     */
    begin(change: Change, live: Live): boolean {
      const { id } = live.execution;
      const row = store.get(id, change.tx);
      if (!row || row.endedAt !== null) return false;
      record(change, id, due(live.state, change.now), 'outside');
      store.activate(change.tx, id);
      return true;
    },

    /**
     * Takes down what an invocation did, all or nothing, with whatever time changed meanwhile. Returns every operation the
     * invocation has not been told of, its own included: this answer is the only way news reaches it while it runs.
     */
    checkpoint(
      change: Change,
      invocation: Invocation,
      token: string,
      updates: readonly OperationUpdate[],
    ): WireOperation[] {
      if (invocation.token !== token) throw new StaleToken('Invalid checkpoint token');
      const { live } = invocation;
      const { entries } = live.state;
      const { id } = live.execution;
      const fired = new Map(due(live.state, change.now).map(entry => [entry.operation.Id, entry]));
      const changed = new Map<string, Entry>();
      const current = (operation: string) =>
        changed.get(operation) ?? fired.get(operation) ?? entries.get(operation);

      checkBatch(updates, current, entries.size);
      let ending: Ending | null = null;
      for (const update of updates) {
        const operation = update.Id ?? '';
        if (update.Type === 'EXECUTION') ending = endingOf(update);
        else changed.set(operation, after(change, id, update, current(operation)));
      }

      record(change, id, [...fired.values()], 'outside');
      record(change, id, [...changed.values()], 'invocation');
      invocation.rotate();
      if (ending) end(change, id, ending);
      const untold = new Set([...live.news, ...changed.keys()]);
      live.news.clear();
      return [...untold].flatMap(operation => entries.get(operation)?.operation ?? []);
    },

    /**
     * Takes down that steps have begun, in memory alone: to a step that may run again it makes no difference whether it had
     * begun before a crash.
     */
    noteBegun(invocation: Invocation, updates: readonly OperationUpdate[], now: number): WireOperation[] {
      const { live } = invocation;
      const { entries } = live.state;
      checkBatch(updates, operation => entries.get(operation), entries.size);
      const begun = updates.map(update => apply(update, entries.get(update.Id ?? ''), now, noCallback));
      for (const entry of begun) put(live.state, entry);
      invocation.rotate();
      return begun.map(({ operation }) => operation);
    },

    /** Puts an execution to sleep after an invocation that had nothing left to do; `readyBefore` are the retries it began with. */
    suspend(change: Change, live: Live, readyBefore: readonly string[]): Suspended {
      if (live.ended) return { to: 'ended' };
      const { state } = live;
      const { id } = live.execution;
      record(change, id, due(state, change.now), 'outside');
      // A retry that was ready when the invocation began and still is would not be taken up by the next one either.
      if (live.news.size > 0 || ready(state).some(step => !readyBefore.includes(step))) {
        return { to: 'again' };
      }
      if (!isWaiting(state)) {
        const ErrorMessage = 'Cannot return PENDING status with no pending operations.';
        end(change, id, { status: 'FAILED', error: { ErrorMessage } });
        return { to: 'stuck' };
      }
      const until = nextDue(state);
      store.suspend(change.tx, id, until);
      return { to: 'asleep', until };
    },
  };
}

const noCallback = (): never => {
  throw new Error('only steps are noted as begun');
};

/** How an execution ends by its own checkpoint. A result above the limit ends it as well: refused, the SDK would wait for ever. */
function endingOf(update: OperationUpdate): Ending {
  if (update.Action === 'FAIL') return { status: 'FAILED', error: update.Error ?? {} };
  if (sizeBytes(update.Payload) > limits.resultBytes) {
    const ErrorMessage = `The result has ${sizeBytes(update.Payload)} bytes; the limit is ${limits.resultBytes} bytes.`;
    return { status: 'FAILED', error: { ErrorType: 'result-too-large', ErrorMessage } };
  }
  return { status: 'SUCCEEDED', ...(update.Payload !== undefined && { result: update.Payload }) };
}
