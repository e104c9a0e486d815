// The transitions of AWS's durable execution protocol, one operation at a time: no clock, no storage.
import type { ErrorObject, OperationUpdate, WireOperation } from '@aws/durable-execution-sdk-js';
import { isoInstant } from '#lib/clock.ts';

/**
 * An operation as it is journalled: what the SDK is shown, and beside it the deadlines that it is not shown. Epoch ms.
 * Absent means absent: the SDK takes a null name for another name, and a null result for a result.
 */
export type Entry = {
  readonly operation: Shown;
  readonly timeoutAt?: number;
  readonly heartbeatAt?: number;
  readonly heartbeatSeconds?: number;
};

type Shown = WireOperation & {
  readonly Id: string;
  readonly Type: NonNullable<WireOperation['Type']>;
  readonly Status: Status;
};
type Status = NonNullable<WireOperation['Status']>;

/** How something outside ended an operation. */
export type Ending =
  | { readonly status: 'SUCCEEDED'; readonly result?: string }
  | { readonly status: 'FAILED' | 'STOPPED'; readonly error: ErrorObject };

/** An update that breaks the protocol or a limit. Trying again cannot help: the execution fails. */
export class IllegalUpdate extends Error {
  override readonly name = 'IllegalUpdate';
}

const closable: readonly (Status | 'none')[] = ['none', 'STARTED', 'READY'];
const stoppable = { START: ['none'], CANCEL: ['STARTED'] } as const;

/** Which action is legal on which type, and from which status. */
const legal: Readonly<Record<string, Readonly<Record<string, readonly (Status | 'none')[]>>>> = {
  STEP: { START: ['none', 'READY'], SUCCEED: closable, FAIL: closable, RETRY: closable },
  CONTEXT: { START: ['none'], SUCCEED: ['none', 'STARTED'], FAIL: ['none', 'STARTED'] },
  WAIT: stoppable,
  CALLBACK: stoppable,
  CHAINED_INVOKE: stoppable,
  EXECUTION: { SUCCEED: ['none'], FAIL: ['none'] },
};

const ended: ReadonlySet<string | undefined> = new Set([
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'CANCELLED',
  'STOPPED',
]);

/** Whether AWS knows such an action on such a type. */
export const isAction = (type: string | undefined, action: string | undefined): boolean =>
  legal[type ?? '']?.[action ?? ''] !== undefined;

/** Whether nothing can happen to it any more. */
export const hasEnded = (entry: Entry): boolean => ended.has(entry.operation.Status);

/**
 * The operation after one legal update. `before` is what it was, if it was; `newCallbackId` mints the secret by which a
 * callback is answered. Throws IllegalUpdate if the status forbids it.
 */
export function apply(
  update: OperationUpdate,
  before: Entry | undefined,
  now: number,
  newCallbackId: () => string,
): Entry {
  const was = before?.operation.Status ?? 'none';
  if (
    (before && before.operation.Type !== update.Type) ||
    !legal[update.Type ?? '']?.[update.Action ?? '']?.includes(was)
  ) {
    throw new IllegalUpdate(`Cannot ${update.Action} a ${update.Type} that is ${was}.`);
  }
  const started = before?.operation ?? begun(update, now);
  switch (update.Type) {
    case 'STEP':
      return { operation: step(update, started, now) };
    case 'CONTEXT':
      return { operation: context(update, started, now) };
    case 'WAIT': {
      if (update.Action === 'CANCEL') return { operation: close(started, 'CANCELLED', now) };
      const seconds = update.WaitOptions?.WaitSeconds ?? 0;
      return { operation: { ...started, WaitDetails: { ScheduledEndTimestamp: later(now, seconds) } } };
    }
    case 'CALLBACK':
      if (update.Action === 'CANCEL') return { operation: close(started, 'CANCELLED', now) };
      return callback(update, started, now, newCallbackId());
    case 'CHAINED_INVOKE':
      return { operation: update.Action === 'CANCEL' ? close(started, 'CANCELLED', now) : started };
    default:
      throw new IllegalUpdate(`Invalid operation type: ${update.Type}.`);
  }
}

const later = (now: number, seconds: number): string => isoInstant(now + seconds * 1000);

const close = (operation: Shown, status: Status, now: number): Shown => ({
  ...operation,
  Status: status,
  EndTimestamp: isoInstant(now),
});

function begun(update: OperationUpdate, now: number): Shown {
  const { Id, ParentId, Name, Type, SubType } = update as OperationUpdate & Pick<Shown, 'Id' | 'Type'>;
  return {
    Id,
    ...(ParentId !== undefined && { ParentId }),
    ...(Name !== undefined && { Name }),
    Type,
    ...(SubType !== undefined && { SubType }),
    StartTimestamp: isoInstant(now),
    Status: 'STARTED',
  };
}

function step(update: OperationUpdate, operation: Shown, now: number): Shown {
  const { NextAttemptTimestamp: _, ...kept } = operation.StepDetails ?? {};
  if (update.Action === 'START') {
    // A READY step must turn STARTED, or an interrupted at-most-once attempt would go unnoticed. Its Result stays:
    // that is where waitForCondition keeps its state.
    return operation.StepDetails ? { ...operation, Status: 'STARTED', StepDetails: kept } : operation;
  }
  const Attempt = (operation.StepDetails?.Attempt ?? 0) + 1;
  const outcome = {
    ...(update.Payload !== undefined && { Result: update.Payload }),
    ...(update.Error !== undefined && { Error: update.Error }),
  };
  if (update.Action === 'RETRY') {
    const NextAttemptTimestamp = later(now, update.StepOptions?.NextAttemptDelaySeconds ?? 1);
    return { ...operation, Status: 'PENDING', StepDetails: { Attempt, NextAttemptTimestamp, ...outcome } };
  }
  const status = update.Action === 'SUCCEED' ? 'SUCCEEDED' : 'FAILED';
  return { ...close(operation, status, now), StepDetails: { Attempt, ...outcome } };
}

function context(update: OperationUpdate, operation: Shown, now: number): Shown {
  const ReplayChildren =
    update.ContextOptions?.ReplayChildren ?? operation.ContextDetails?.ReplayChildren ?? undefined;
  const ContextDetails = {
    ...(ReplayChildren !== undefined && { ReplayChildren }),
    ...(update.Payload !== undefined && { Result: update.Payload }),
    ...(update.Error !== undefined && { Error: update.Error }),
  };
  if (update.Action === 'START') return { ...operation, ContextDetails };
  return {
    ...close(operation, update.Action === 'SUCCEED' ? 'SUCCEEDED' : 'FAILED', now),
    ContextDetails,
  };
}

function callback(update: OperationUpdate, operation: Shown, now: number, CallbackId: string): Entry {
  // Zero or absent means: no such deadline.
  const timeout = update.CallbackOptions?.TimeoutSeconds;
  const heartbeat = update.CallbackOptions?.HeartbeatTimeoutSeconds;
  return {
    operation: { ...operation, CallbackDetails: { CallbackId } },
    ...(timeout && { timeoutAt: now + timeout * 1000 }),
    ...(heartbeat && { heartbeatAt: now + heartbeat * 1000, heartbeatSeconds: heartbeat }),
  };
}

/** When time alone will change it (epoch ms), or null. */
export function dueAt({ operation, timeoutAt, heartbeatAt }: Entry): number | null {
  if (operation.Type === 'WAIT' && operation.Status === 'STARTED') {
    return at(operation.WaitDetails?.ScheduledEndTimestamp);
  }
  if (operation.Type === 'STEP' && operation.Status === 'PENDING') {
    return at(operation.StepDetails?.NextAttemptTimestamp);
  }
  // Only a callback that is open has deadlines.
  const first = Math.min(timeoutAt ?? Infinity, heartbeatAt ?? Infinity);
  return first === Infinity ? null : first;
}

const at = (timestamp: Date | string | undefined): number | null =>
  timestamp === undefined ? null : new Date(timestamp).getTime();

/** What time has made of it at `now`: a wait over, a retry ready, a callback given up. Null if nothing is due. */
export function fire(entry: Entry, now: number): Entry | null {
  const due = dueAt(entry);
  if (due === null || due > now) return null;
  const { operation } = entry;
  if (operation.Type === 'WAIT') return { operation: close(operation, 'SUCCEEDED', now) };
  if (operation.Type === 'STEP') {
    const { NextAttemptTimestamp: _, ...kept } = operation.StepDetails ?? {};
    return { operation: { ...operation, Status: 'READY', StepDetails: kept } };
  }
  const ErrorMessage =
    (entry.timeoutAt ?? Infinity) <= (entry.heartbeatAt ?? Infinity)
      ? 'Callback timed out'
      : 'Callback timed out on heartbeat';
  return {
    operation: {
      ...close(operation, 'TIMED_OUT', now),
      CallbackDetails: { ...operation.CallbackDetails, Error: { ErrorMessage } },
    },
  };
}

/** The callback or invocation after somebody outside ended it; null if it was no longer open. */
export function settle(entry: Entry, ending: Ending, now: number): Entry | null {
  const { operation } = entry;
  if (operation.Status !== 'STARTED') return null;
  const outcome =
    ending.status === 'SUCCEEDED'
      ? { ...(ending.result !== undefined && { Result: ending.result }) }
      : { Error: ending.error };
  const closed = close(operation, ending.status, now);
  return {
    operation:
      operation.Type === 'CALLBACK'
        ? { ...closed, CallbackDetails: { ...operation.CallbackDetails, ...outcome } }
        : { ...closed, ChainedInvokeDetails: outcome },
  };
}

/** The callback after a sign of life: its heartbeat deadline begins anew, its overall one does not. Null if it was no longer open. */
export function heartbeat(entry: Entry, now: number): Entry | null {
  if (entry.operation.Status !== 'STARTED') return null;
  if (entry.heartbeatSeconds === undefined) return entry;
  return { ...entry, heartbeatAt: now + entry.heartbeatSeconds * 1000 };
}
