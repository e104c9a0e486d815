// What somebody outside may do with a callback, whose id is the secret that allows it.
import { Refusal } from '#lib/refusal.ts';
import type { Change, Changes } from './changes.ts';
import { limits, sizeBytes } from './limits.ts';
import { type Ending, type Entry, hasEnded, heartbeat, settle } from './machine.ts';
import { due, nextDue, put, type State } from './state.ts';
import type { ExecutionStore } from './store.sqlite.ts';

type Found = {
  readonly id: number;
  readonly asleep: boolean;
  readonly state: State;
  /** What time has changed meanwhile. */
  readonly fired: Entry[];
  readonly entry: Entry;
};

export function createCallbacks(store: ExecutionStore, { stateIn, record, wake }: Changes) {
  function find(change: Change, callbackId: string): Found {
    const [id = '', operation = ''] = callbackId.split('.');
    const row = /^\d{1,15}$/.test(id) ? store.get(Number(id), change.tx) : undefined;
    const state = row && stateIn(change, row.id);
    const entry = state?.entries.get(operation);
    if (!row || !state || entry?.operation.CallbackDetails?.CallbackId !== callbackId) {
      throw new Refusal(
        'callback-unknown',
        'No callback has this id.',
        'Use the id exactly as the workflow handed it out.',
      );
    }
    // What is due comes first: an answer after the deadline is late, whether or not the deadline was noticed yet.
    const fired = due(state, change.now);
    if (row.endedAt !== null || hasEnded(entry) || fired.some(late => late.operation.Id === operation)) {
      throw new Refusal(
        'callback-closed',
        'This callback was answered already, or its time is over.',
        'Nothing to do: the workflow has gone on without this answer.',
      );
    }
    return { id: row.id, asleep: row.status === 'WAITING', state, fired, entry };
  }

  return {
    answer(change: Change, callbackId: string, ending: Ending): void {
      const { id, fired, entry } = find(change, callbackId);
      const [size, most] =
        ending.status === 'SUCCEEDED'
          ? [sizeBytes(ending.result), limits.payloadBytes]
          : [sizeBytes(JSON.stringify(ending.error)), limits.errorBytes];
      if (size > most) {
        throw new Refusal(
          'callback-result-too-large',
          `The answer has ${size} bytes; the limit is ${most} bytes.`,
          'Store the data elsewhere and answer with where it is.',
        );
      }
      const settled = settle(entry, ending, change.now);
      record(change, id, settled ? [...fired, settled] : fired, 'outside');
      wake(change, id);
    },

    /** Puts the heartbeat deadline off. The alarm for the earlier one may stand: it looks, and finds the later one. */
    heartbeat(change: Change, callbackId: string): void {
      const { id, asleep, state, fired, entry } = find(change, callbackId);
      const alive = heartbeat(entry, change.now) ?? entry;
      record(change, id, fired, 'outside');
      record(change, id, [alive], 'silent');
      if (fired.length > 0) wake(change, id);
      else if (asleep) {
        put(state, alive);
        store.suspend(change.tx, id, nextDue(state));
      }
    },
  };
}
