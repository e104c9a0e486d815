// What every change to an execution is made of. All that belongs together happens in one commit, or a crash between two would
// leave a parent waiting for a child that has ended, or a sleeper that nobody wakes.
import type { Clock } from '#lib/clock.ts';
import type { Sqlite, Transaction } from '#platform/sqlite.ts';
import type { Live } from './invocation.ts';
import { limits, sizeBytes } from './limits.ts';
import { type Ending, type Entry, settle } from './machine.ts';
import { put, type State, stateOf } from './state.ts';
import type { ExecutionStore } from './store.sqlite.ts';

/** One commit under way. What it did to memory is undone by giving up the touched executions if it fails. */
export type Change = {
  readonly tx: Transaction;
  readonly now: number;
  /** Executions to run once it is on disk. */
  readonly woken: Set<number>;
  readonly touched: Set<Live>;
};

/** Runs `work` in the next commit, then wakes what it woke. Resolves when it is on disk; `soon`: when no crash of the process can undo it. */
export type Transact = <T>(work: (change: Change) => T, how?: 'durable' | 'soon') => Promise<T>;

/** The reason for which an invocation is given up when its execution has ended without it. One for all: a stack would say nothing. */
const executionEnded = new Error('The execution has ended.');

export function createTransact(db: Sqlite, clock: Clock, wake: (id: number) => void): Transact {
  return async (work, how = 'durable') => {
    const write = how === 'soon' ? db.writeSoon : db.write;
    const woken = new Set<number>();
    const touched = new Set<Live>();
    try {
      const value = await write(tx => work({ tx, now: clock.now(), woken, touched }));
      for (const live of touched) if (live.ended) live.invocation?.giveUp(executionEnded);
      for (const id of woken) wake(id);
      return value;
    } catch (error) {
      // Memory may be ahead of the disk now: what it holds is dropped and read again by the next invocation.
      for (const live of touched) {
        live.ended = false;
        live.invocation?.giveUp(error);
      }
      throw error;
    }
  };
}

export type Changes = ReturnType<typeof createChanges>;

/** `stepsMayRerun`: that a step has begun is not journalled, since what would be read from it makes no difference. */
export function createChanges(
  store: ExecutionStore,
  lives: ReadonlyMap<number, Live>,
  { stepsMayRerun }: { readonly stepsMayRerun: boolean },
) {
  const isWorthARow = ({ operation: { Type, Status } }: Entry) =>
    !(stepsMayRerun && Type === 'STEP' && Status === 'STARTED');

  /** A running execution's state is in memory; a sleeping one's is read from its journal. */
  const stateIn = (change: Change, id: number): State =>
    lives.get(id)?.state ?? stateOf(store.journal(id, change.tx).entries);

  /**
   * Journals what changed, by the invocation itself, by the outside, or without the invocation having to know. For a running
   * execution it brings memory along; therefore the last thing a change does, so that a refusal leaves memory alone.
   */
  function record(
    change: Change,
    id: number,
    entries: readonly Entry[],
    by: 'invocation' | 'outside' | 'silent',
  ): void {
    const rows = entries.filter(isWorthARow);
    if (rows.length > 0) store.append(change.tx, id, rows, by !== 'invocation');
    const live = lives.get(id);
    if (!live) return;
    change.touched.add(live);
    for (const entry of entries) {
      put(live.state, entry);
      if (by === 'outside') live.news.add(entry.operation.Id);
    }
  }

  /** Makes a sleeping execution run; a running one hears the news by itself. */
  function wake(change: Change, id: number): void {
    if (store.get(id, change.tx)?.status !== 'WAITING') return;
    store.activate(change.tx, id);
    change.woken.add(id);
  }

  /** Ends an execution and tells the one that invoked it. Does nothing if it had ended already. */
  function end(change: Change, id: number, ending: Ending): void {
    const row = store.get(id, change.tx);
    if (!row || row.endedAt !== null) return;
    store.end(change.tx, id, {
      status: ending.status,
      result: ending.status === 'SUCCEEDED' ? (ending.result ?? null) : null,
      error: ending.status === 'SUCCEEDED' ? null : JSON.stringify(ending.error),
      endedAt: change.now,
    });
    const live = lives.get(id);
    if (live) {
      change.touched.add(live);
      live.ended = true;
      live.invocation?.end();
    }
    if (row.parent !== null) tellParent(change, row.parent, row.parentOperation ?? '', ending);
  }

  function tellParent(change: Change, parent: number, operation: string, ending: Ending): void {
    if (store.get(parent, change.tx)?.endedAt !== null) return;
    const entry = stateIn(change, parent).entries.get(operation);
    const settled = entry && settle(entry, storable(ending), change.now);
    if (!settled) return;
    record(change, parent, [settled], 'outside');
    wake(change, parent);
  }

  return { stateIn, record, wake, end };
}

/** What an operation may hold of a child's outcome: the result of an execution may be larger than that of an operation. */
function storable(ending: Ending): Ending {
  if (ending.status !== 'SUCCEEDED' || sizeBytes(ending.result) <= limits.payloadBytes) return ending;
  const ErrorMessage = `The invoked execution returned ${sizeBytes(ending.result)} bytes; the limit is ${limits.payloadBytes} bytes.`;
  return { status: 'FAILED', error: { ErrorType: 'result-too-large', ErrorMessage } };
}
