// What AWS's service refuses in a checkpoint, refused here too, before anything is changed.
import type { OperationUpdate } from '@aws/durable-execution-sdk-js';
import { isDuration, isOperationId, isOperationName, limits, sizeBytes } from './limits.ts';
import { type Entry, IllegalUpdate, isAction } from './machine.ts';

/**
 * Checks a checkpoint as a whole: sizes, names, each operation once (but for a START followed by its outcome), parents that are
 * branches, and the end of the execution last. `before` is what an operation was. Whether the *status* allows an update is for
 * `apply` to say. Throws IllegalUpdate.
 */
export function checkBatch(
  updates: readonly OperationUpdate[],
  before: (id: string) => Entry | undefined,
  operations: number,
): void {
  if (updates.length > limits.updatesPerCheckpoint) {
    throw new IllegalUpdate(`More than ${limits.updatesPerCheckpoint} updates in one checkpoint.`);
  }
  if (operations > limits.operationsPerExecution) {
    throw new IllegalUpdate(`More than ${limits.operationsPerExecution} operations in one execution.`);
  }
  const seen = new Map<string, OperationUpdate>();
  updates.forEach((update, index) => {
    checkUpdate(update);
    if (update.Type === 'EXECUTION' && index !== updates.length - 1) {
      throw new IllegalUpdate('EXECUTION checkpoint must be the last update.');
    }
    const id = update.Id ?? '';
    const earlier = seen.get(id);
    const continues =
      (update.Type === 'STEP' || update.Type === 'CONTEXT') &&
      earlier?.Action === 'START' &&
      update.Action !== 'START';
    if (earlier && !continues) {
      throw new IllegalUpdate('Cannot update the same operation twice in a single request.');
    }
    const parent = update.ParentId;
    const parentType =
      parent === undefined ? 'CONTEXT' : (seen.get(parent)?.Type ?? before(parent)?.operation.Type);
    if (parentType !== 'CONTEXT') throw new IllegalUpdate('Invalid parent operation id.');
    seen.set(id, update);
  });
}

function checkUpdate(update: OperationUpdate): void {
  const { Id, Name, Type, Action, Payload, Error: error } = update;
  if (!Id || !isOperationId(Id)) throw new IllegalUpdate('Operation update must have an Id.');
  if (!isAction(Type, Action)) throw new IllegalUpdate(`Invalid ${Type} action: ${Action}.`);
  if (Name !== undefined && !isOperationName(Name)) {
    throw new IllegalUpdate(
      `An operation name is 1 to 256 printable ASCII characters, not ${JSON.stringify(Name)}.`,
    );
  }
  // A result of the whole execution has a limit of its own, which ends it rather than its invocation.
  if (Type !== 'EXECUTION' && sizeBytes(Payload) > limits.payloadBytes) {
    throw new IllegalUpdate(
      `${Type} ${Name ?? Id} holds ${sizeBytes(Payload)} bytes; the limit is ${limits.payloadBytes} bytes.`,
    );
  }
  if (error && sizeBytes(JSON.stringify(error)) > limits.errorBytes) {
    throw new IllegalUpdate(`Error object size must be less than ${limits.errorBytes} bytes.`);
  }
  if (Action === 'FAIL' && Payload !== undefined) {
    throw new IllegalUpdate('Cannot provide a Payload for FAIL action.');
  }
  if (Action === 'SUCCEED' && error) throw new IllegalUpdate('Cannot provide an Error for SUCCEED action.');
  if (Action === 'RETRY' && error && Payload !== undefined) {
    throw new IllegalUpdate('Cannot provide both error and payload to RETRY a STEP.');
  }
  checkDurations(update);
}

function checkDurations({ Type, Action, StepOptions, WaitOptions, CallbackOptions }: OperationUpdate): void {
  if (Action === 'RETRY') checkSeconds('retry delay', StepOptions?.NextAttemptDelaySeconds, 1);
  if (Action === 'START' && Type === 'WAIT') checkSeconds('wait', WaitOptions?.WaitSeconds, 1);
  if (Action === 'START' && Type === 'CALLBACK') {
    checkSeconds('callback timeout', CallbackOptions?.TimeoutSeconds ?? 0, 0);
    checkSeconds('heartbeat timeout', CallbackOptions?.HeartbeatTimeoutSeconds ?? 0, 0);
  }
}

function checkSeconds(what: string, seconds: number | undefined, least: 0 | 1): void {
  if (seconds !== undefined && isDuration(seconds, least)) return;
  throw new IllegalUpdate(
    `A ${what} is whole seconds from ${least} to ${limits.waitSeconds}, not ${seconds}.`,
  );
}
