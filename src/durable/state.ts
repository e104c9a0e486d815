// All operations of one execution together: what is due, what is open, what the SDK is shown.
import type { WireOperation } from '@aws/durable-execution-sdk-js';
import { dueAt, type Entry, fire, hasEnded } from './machine.ts';

/** The operations of one execution, in the order they began. */
export type State = {
  readonly entries: Map<string, Entry>;
  /** Those that time alone will change: looked through at every checkpoint, so kept apart. */
  readonly timed: Map<string, Entry>;
};

/** Builds the state from journalled entries; a later entry of an operation replaces an earlier one, in its place. */
export function stateOf(entries: Iterable<Entry>): State {
  const state: State = { entries: new Map(), timed: new Map() };
  for (const entry of entries) put(state, entry);
  return state;
}

export function put(state: State, entry: Entry): void {
  const id = entry.operation.Id;
  state.entries.set(id, entry);
  if (dueAt(entry) === null) state.timed.delete(id);
  else state.timed.set(id, entry);
}

const parentOf = (state: State, entry: Entry): Entry | undefined =>
  entry.operation.ParentId === undefined ? undefined : state.entries.get(entry.operation.ParentId);

/** Whether a branch around it has ended: then it is a race's loser, nobody waits for it and it must wake nobody. */
function isAbandoned(state: State, entry: Entry): boolean {
  for (let up = parentOf(state, entry); up; up = parentOf(state, up)) if (hasEnded(up)) return true;
  return false;
}

/** What time has changed by `now`; the state itself is left as it was. */
export function due(state: State, now: number): Entry[] {
  const fired: Entry[] = [];
  for (const entry of state.timed.values()) {
    const changed = fire(entry, now);
    if (changed && !isAbandoned(state, entry)) fired.push(changed);
  }
  return fired;
}

/** When time will next change something (epoch ms), or null. */
export function nextDue(state: State): number | null {
  let first = Infinity;
  for (const entry of state.timed.values()) {
    const at = dueAt(entry);
    if (at !== null && at < first && !isAbandoned(state, entry)) first = at;
  }
  return first === Infinity ? null : first;
}

/** The steps whose retry may begin. */
export const ready = (state: State): string[] =>
  [...state.entries.values()]
    .filter(entry => entry.operation.Status === 'READY' && !isAbandoned(state, entry))
    .map(entry => entry.operation.Id);

/** Whether the execution waits for anything: a time, a callback, another execution. If not, nobody would ever wake it. */
export function isWaiting(state: State): boolean {
  for (const entry of state.entries.values()) {
    const { Type, Status } = entry.operation;
    const open =
      Type === 'STEP'
        ? Status === 'PENDING'
        : Status === 'STARTED' && (Type === 'WAIT' || Type === 'CALLBACK' || Type === 'CHAINED_INVOKE');
    if (open && !isAbandoned(state, entry)) return true;
  }
  return false;
}

/**
 * What an invocation is shown: everything but the insides of branches that have ended, as AWS does it, unless the branch
 * asked to keep them (`ReplayChildren`, for results too large to store).
 */
export function prune(state: State): WireOperation[] {
  const hidden = new Set<string>();
  const shown: WireOperation[] = [];
  for (const entry of state.entries.values()) {
    const parent = parentOf(state, entry);
    const inside =
      parent !== undefined &&
      (hidden.has(parent.operation.Id) ||
        (hasEnded(parent) && parent.operation.ContextDetails?.ReplayChildren !== true));
    if (inside) hidden.add(entry.operation.Id);
    else shown.push(entry.operation);
  }
  return shown;
}
