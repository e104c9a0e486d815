import type { OperationUpdate } from '@aws/durable-execution-sdk-js';
import { expect, it } from 'vitest';
import { apply, type Entry } from './machine.ts';
import type { Row } from './store.sqlite.ts';
import { executionOf, operationOf } from './views.ts';

const startedAt = Date.UTC(2026, 4, 30, 15, 30);
const row: Row = {
  id: 1,
  workflow: 'work@1',
  name: 'a',
  status: 'ACTIVE',
  input: '{"n":1}',
  result: null,
  error: null,
  parent: null,
  parentOperation: null,
  wakeAt: null,
  startedAt,
  endedAt: null,
};

it('an execution that runs has no result, no error and no end', () => {
  expect(executionOf(row)).toStrictEqual({
    workflow: 'work@1',
    name: 'a',
    status: 'ACTIVE',
    input: { n: 1 },
    result: null,
    error: null,
    startedAt: '2026-05-30T15:30:00.000Z',
    endedAt: null,
    wakesAt: null,
  });
});

it.each([
  ['7', 7],
  ['"text"', 'text'],
  ['', null],
  [null, null],
])('the result %j is shown as %j', (result, shown) => {
  expect(executionOf({ ...row, result }).result).toBe(shown);
});

it.each([
  ['{}', { type: 'Error', message: '' }],
  ['{"ErrorType":"Late","ErrorMessage":"too late"}', { type: 'Late', message: 'too late' }],
  [
    '{"ErrorType":"Late","ErrorMessage":"too late","ErrorData":"1"}',
    { type: 'Late', message: 'too late', data: '1' },
  ],
])('the error %s is shown as %j', (error, shown) => {
  expect(executionOf({ ...row, error }).error).toStrictEqual(shown);
});

const entryOf = (...updates: object[]) =>
  updates.reduce<Entry | undefined>(
    (before, update) => apply({ Id: 'op', ...update } as OperationUpdate, before, startedAt, () => 'secret'),
    undefined,
  ) as Entry;

it('an operation is shown with its branch, its kind and what came of it', () => {
  const begun = { Type: 'STEP', Action: 'START', ParentId: 'branch', Name: 'write', SubType: 'Step' };
  const done = entryOf(begun, { Type: 'STEP', Action: 'SUCCEED', Payload: '7' });
  expect(operationOf(done)).toStrictEqual({
    id: 'op',
    parent: 'branch',
    name: 'write',
    type: 'STEP',
    subType: 'Step',
    status: 'SUCCEEDED',
    attempts: 1,
    result: '7',
    error: null,
    startedAt: '2026-05-30T15:30:00.000Z',
    endedAt: '2026-05-30T15:30:00.000Z',
    dueAt: null,
  });
});

it('an operation that has only begun says so little of itself', () => {
  expect(operationOf(entryOf({ Type: 'STEP', Action: 'START' }))).toStrictEqual({
    id: 'op',
    parent: null,
    name: null,
    type: 'STEP',
    subType: null,
    status: 'STARTED',
    attempts: 0,
    result: null,
    error: null,
    startedAt: '2026-05-30T15:30:00.000Z',
    endedAt: null,
    dueAt: null,
  });
});

it('a wait is shown with the time at which it ends, a callback without its secret', () => {
  const wait = entryOf({ Type: 'WAIT', Action: 'START', WaitOptions: { WaitSeconds: 60 } });
  expect(operationOf(wait).dueAt).toBe('2026-05-30T15:31:00.000Z');
  const callback = entryOf({ Type: 'CALLBACK', Action: 'START' });
  expect(JSON.stringify(operationOf(callback))).not.toContain('secret');
});
