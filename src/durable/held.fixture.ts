import type { OperationUpdate } from '@aws/durable-execution-sdk-js';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { silentLog } from '#platform/log.ts';
import { openSqlite, type Sqlite } from '#platform/sqlite.ts';
import { createCallbacks } from './callbacks.ts';
import { createChanges, createTransact } from './changes.ts';
import { createCheckpoints } from './checkpoint.ts';
import { createClient } from './client.ts';
import { createExecutions } from './executions.ts';
import { beginInvocation, type Live } from './invocation.ts';
import { prune, stateOf } from './state.ts';
import { sqliteExecutionStore } from './store.sqlite.ts';

/** One execution held by hand, so that a test can speak the protocol itself. */
export async function held({
  stepsMayRerun = false,
  db = openSqlite(':memory:'),
}: {
  readonly stepsMayRerun?: boolean;
  readonly db?: Sqlite;
} = {}) {
  const clock = settableClock('2026-05-30T15:30:00Z');
  const store = sqliteExecutionStore(db);
  const lives = new Map<number, Live>();
  const woken: number[] = [];
  const transact = createTransact(db, clock, id => void woken.push(id));
  const changes = createChanges(store, lives, { stepsMayRerun });
  const random = seededRandom('client');
  const checkpoints = createCheckpoints({ store, changes, random, isKnown: name => name === 'known@1' });
  const client = createClient({ lives, checkpoints, transact, clock, stepsMayRerun });
  await transact(change => createExecutions(store, changes).start(change, 'known@1', 'a', '{}'));
  woken.length = 0;

  const execution = store.find('known@1', 'a');
  if (!execution) throw new Error('nothing was started');
  const { entries } = store.journal(execution.id);
  const live: Live = {
    execution,
    state: stateOf(entries),
    news: new Set(),
    invocation: null,
    ended: false,
  };
  lives.set(execution.id, live);
  let serial = 0;
  const invoke = () =>
    beginInvocation(live, {
      awsRequestId: `r${++serial}`,
      remainingMs: () => 60_000,
      shown: prune(live.state),
      log: silentLog,
    });
  const DurableExecutionArn = `arn:local:durable:known@1/a/${execution.id}`;
  return {
    db,
    clock,
    store,
    live,
    lives,
    woken,
    invoke,
    transact,
    checkpoints,
    changes,
    callbacks: createCallbacks(store, changes),
    write: (CheckpointToken: string | null | undefined, ...Updates: OperationUpdate[]) =>
      client.checkpoint({ DurableExecutionArn, CheckpointToken: CheckpointToken ?? '', Updates }),
    page: (CheckpointToken: string | null, Marker?: string, MaxItems?: number) =>
      client.getExecutionState({
        DurableExecutionArn,
        CheckpointToken: CheckpointToken ?? '',
        ...(Marker && { Marker }),
        ...(MaxItems && { MaxItems }),
      }),
    journalled: () => store.journal(execution.id).entries,
  };
}

/** An update as the SDK writes it. */
export const update = (Id: string, Type: string, Action: string, more = {}) =>
  ({ Id, Type, Action, ...more }) as OperationUpdate;
