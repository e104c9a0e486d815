import type { OperationUpdate } from '@aws/durable-execution-sdk-js';
import { expect, it } from 'vitest';
import { checkBatch } from './check.ts';
import { isExecutionName, limits } from './limits.ts';
import { apply, type Entry, IllegalUpdate } from './machine.ts';

const update = (Type: string, Action: string, more = {}) =>
  ({ Id: 'op', Type, Action, ...more }) as OperationUpdate;
const stored = new Map<string, Entry>();
for (const [id, type] of [
  ['branch', 'CONTEXT'],
  ['step', 'STEP'],
]) {
  stored.set(
    id ?? '',
    apply(update(type ?? '', 'START', { Id: id }), undefined, 0, () => ''),
  );
}
const check = (...updates: OperationUpdate[]) => checkBatch(updates, id => stored.get(id), stored.size);

const bytes = (count: number) => 'x'.repeat(count);

it.each<[string, OperationUpdate[]]>([
  ['no id', [update('STEP', 'START', { Id: undefined })]],
  ['an id with a space', [update('STEP', 'START', { Id: 'a b' })]],
  ['a name with an accent', [update('STEP', 'START', { Name: 'café' })]],
  ['an empty name', [update('STEP', 'START', { Name: '' })]],
  ['a name of 257 characters', [update('STEP', 'START', { Name: bytes(257) })]],
  ['an action the type does not have', [update('WAIT', 'SUCCEED')]],
  ['a type nobody knows', [update('DANCE', 'START')]],
  ['a result above 256 KB', [update('STEP', 'SUCCEED', { Payload: bytes(limits.payloadBytes + 1) })]],
  [
    'a result above 256 KB in UTF-8',
    [update('STEP', 'SUCCEED', { Payload: 'é'.repeat(limits.payloadBytes / 2 + 1) })],
  ],
  ['an error above 32 KB', [update('STEP', 'FAIL', { Error: { ErrorMessage: bytes(limits.errorBytes) } })]],
  ['a failure with a result', [update('STEP', 'FAIL', { Payload: '1' })]],
  ['a success with an error', [update('CONTEXT', 'SUCCEED', { Error: {} })]],
  ['a retry without a delay', [update('STEP', 'RETRY')]],
  ['a retry at once', [update('STEP', 'RETRY', { StepOptions: { NextAttemptDelaySeconds: 0 } })]],
  ['a retry in half a second', [update('STEP', 'RETRY', { StepOptions: { NextAttemptDelaySeconds: 0.5 } })]],
  [
    'a retry with error and state',
    [update('STEP', 'RETRY', { StepOptions: { NextAttemptDelaySeconds: 1 }, Payload: '1', Error: {} })],
  ],
  [
    'a wait of more than 366 days',
    [update('WAIT', 'START', { WaitOptions: { WaitSeconds: limits.waitSeconds + 1 } })],
  ],
  [
    'a callback for half a second',
    [update('CALLBACK', 'START', { CallbackOptions: { TimeoutSeconds: 0.5 } })],
  ],
  ['the same operation twice', [update('WAIT', 'CANCEL'), update('WAIT', 'CANCEL')]],
  ['a step ended twice', [update('STEP', 'SUCCEED'), update('STEP', 'SUCCEED')]],
  ['a parent nobody knows', [update('STEP', 'START', { ParentId: 'nobody' })]],
  ['a parent that is no branch', [update('STEP', 'START', { ParentId: 'step' })]],
  [
    'a parent that comes later',
    [update('STEP', 'START', { ParentId: 'new' }), update('CONTEXT', 'START', { Id: 'new' })],
  ],
  ['anything after the end', [update('EXECUTION', 'SUCCEED', { Id: 'end' }), update('STEP', 'START')]],
  [
    'more than 250 updates',
    Array.from({ length: 251 }, (_, index) => update('STEP', 'START', { Id: `s${index}` })),
  ],
])('refuses %s', (_, updates) => {
  expect(() => check(...updates)).toThrow(IllegalUpdate);
});

it.each<[string, OperationUpdate[]]>([
  ['an empty checkpoint', []],
  ['a start and its outcome together', [update('STEP', 'START'), update('STEP', 'SUCCEED')]],
  ['exactly 256 KB', [update('STEP', 'SUCCEED', { Payload: bytes(limits.payloadBytes) })]],
  ['a child of a known branch', [update('STEP', 'START', { ParentId: 'branch' })]],
  [
    'a branch and its child together',
    [update('CONTEXT', 'START', { Id: 'new' }), update('STEP', 'START', { ParentId: 'new' })],
  ],
  ['the end as the last word', [update('STEP', 'SUCCEED'), update('EXECUTION', 'SUCCEED', { Id: 'end' })]],
])('takes %s', (_, updates) => {
  expect(() => check(...updates)).not.toThrow();
});

it('names executions as AWS does', () => {
  for (const name of ['a', 'bkg_7zk3-4', 'x'.repeat(64)]) expect(isExecutionName(name)).toBe(true);
  for (const name of ['', 'a/b', 'a.b', 'ä', 'x'.repeat(65)]) expect(isExecutionName(name)).toBe(false);
});
