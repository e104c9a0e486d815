// From what is stored to what others are shown. A callback's id stays inside: it is a secret.
import type { ErrorObject } from '@aws/durable-execution-sdk-js';
import { isoInstant } from '#lib/clock.ts';
import type { Execution, Failure, Json, Operation, OperationStatus } from './durable.ts';
import { dueAt, type Entry } from './machine.ts';
import type { Row } from './store.sqlite.ts';

const parsed = (text: string | null): Json => (text ? (JSON.parse(text) as Json) : null);

const instant = (at: number | null): string | null => (at === null ? null : isoInstant(at));

const failureOf = (error: ErrorObject | null | undefined): Failure | null =>
  error
    ? {
        type: error.ErrorType ?? 'Error',
        message: error.ErrorMessage ?? '',
        ...(error.ErrorData !== undefined && { data: error.ErrorData }),
      }
    : null;

export const executionOf = (row: Row): Execution => ({
  workflow: row.workflow,
  name: row.name,
  status: row.status,
  input: parsed(row.input),
  result: parsed(row.result),
  error: failureOf(parsed(row.error) as ErrorObject | null),
  startedAt: isoInstant(row.startedAt),
  endedAt: instant(row.endedAt),
  wakesAt: instant(row.wakeAt),
});

export function operationOf(entry: Entry): Operation {
  const { operation } = entry;
  const details =
    operation.StepDetails ??
    operation.ContextDetails ??
    operation.CallbackDetails ??
    operation.ChainedInvokeDetails;
  return {
    id: operation.Id,
    parent: operation.ParentId ?? null,
    name: operation.Name ?? null,
    type: operation.Type as Operation['type'],
    subType: operation.SubType ?? null,
    status: operation.Status satisfies OperationStatus,
    attempts: operation.StepDetails?.Attempt ?? 0,
    result: details?.Result ?? null,
    error: failureOf(details?.Error),
    startedAt: String(operation.StartTimestamp),
    endedAt: operation.EndTimestamp === undefined ? null : String(operation.EndTimestamp),
    dueAt: instant(dueAt(entry)),
  };
}
