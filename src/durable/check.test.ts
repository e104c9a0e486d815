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

it.each<[string, string, OperationUpdate[]]>([
  ['no id', 'must have an Id', [update('STEP', 'START', { Id: undefined })]],
  ['an id with a space', 'must have an Id', [update('STEP', 'START', { Id: 'a b' })]],
  [
    'a name with an accent',
    'printable ASCII characters, not "café"',
    [update('STEP', 'START', { Name: 'café' })],
  ],
  ['an empty name', 'printable ASCII', [update('STEP', 'START', { Name: '' })]],
  ['a name of 257 characters', 'printable ASCII', [update('STEP', 'START', { Name: bytes(257) })]],
  ['an action the type does not have', 'Invalid WAIT action: SUCCEED', [update('WAIT', 'SUCCEED')]],
  ['a type nobody knows', 'Invalid DANCE action: START', [update('DANCE', 'START')]],
  [
    'a result above 256 KB',
    'STEP op holds 262145 bytes; the limit is 262144 bytes',
    [update('STEP', 'SUCCEED', { Payload: bytes(limits.payloadBytes + 1) })],
  ],
  [
    'a result above 256 KB in UTF-8',
    'STEP op holds 262146 bytes',
    [update('STEP', 'SUCCEED', { Payload: 'é'.repeat(limits.payloadBytes / 2 + 1) })],
  ],
  [
    'an error above 32 KB',
    'Error object size must be less than 32768 bytes',
    [update('STEP', 'FAIL', { Error: { ErrorMessage: bytes(limits.errorBytes) } })],
  ],
  ['a failure with a result', 'a Payload for FAIL', [update('STEP', 'FAIL', { Payload: '1' })]],
  ['a success with an error', 'an Error for SUCCEED', [update('CONTEXT', 'SUCCEED', { Error: {} })]],
  [
    'a retry without a delay',
    'A retry delay is whole seconds from 1 to 31622400, not undefined',
    [update('STEP', 'RETRY')],
  ],
  ['a retry at once', 'not 0', [update('STEP', 'RETRY', { StepOptions: { NextAttemptDelaySeconds: 0 } })]],
  [
    'a retry in half a second',
    'not 0.5',
    [update('STEP', 'RETRY', { StepOptions: { NextAttemptDelaySeconds: 0.5 } })],
  ],
  [
    'a retry with error and state',
    'both error and payload',
    [update('STEP', 'RETRY', { StepOptions: { NextAttemptDelaySeconds: 1 }, Payload: '1', Error: {} })],
  ],
  [
    'a wait of more than 366 days',
    'A wait is whole seconds from 1 to 31622400, not 31622401',
    [update('WAIT', 'START', { WaitOptions: { WaitSeconds: limits.waitSeconds + 1 } })],
  ],
  [
    'a callback for half a second',
    'A callback timeout is whole seconds from 0',
    [update('CALLBACK', 'START', { CallbackOptions: { TimeoutSeconds: 0.5 } })],
  ],
  [
    'the same operation twice',
    'the same operation twice',
    [update('WAIT', 'CANCEL'), update('WAIT', 'CANCEL')],
  ],
  ['a step ended twice', 'the same operation twice', [update('STEP', 'SUCCEED'), update('STEP', 'SUCCEED')]],
  ['a parent nobody knows', 'Invalid parent', [update('STEP', 'START', { ParentId: 'nobody' })]],
  ['a parent that is no branch', 'Invalid parent', [update('STEP', 'START', { ParentId: 'step' })]],
  [
    'a parent that comes later',
    'Invalid parent',
    [update('STEP', 'START', { ParentId: 'new' }), update('CONTEXT', 'START', { Id: 'new' })],
  ],
  [
    'anything after the end',
    'must be the last update',
    [update('EXECUTION', 'SUCCEED', { Id: 'end' }), update('STEP', 'START')],
  ],
  [
    'more than 250 updates',
    'More than 250 updates',
    Array.from({ length: 251 }, (_, index) => update('STEP', 'START', { Id: `s${index}` })),
  ],
  ['a step begun twice', 'the same operation twice', [update('STEP', 'START'), update('STEP', 'START')]],
  [
    'a wait that begins and is called off at once',
    'the same operation twice',
    [update('WAIT', 'START', { WaitOptions: { WaitSeconds: 1 } }), update('WAIT', 'CANCEL')],
  ],
  ['a wait of no length', 'A wait is', [update('WAIT', 'START')]],
  [
    'a heartbeat of half a second',
    'A heartbeat timeout is whole seconds from 0',
    [update('CALLBACK', 'START', { CallbackOptions: { HeartbeatTimeoutSeconds: 0.5 } })],
  ],
])('refuses %s: %s', (_, why, updates) => {
  expect(() => check(...updates)).toThrow(IllegalUpdate);
  expect(() => check(...updates)).toThrow(why);
});

it('minds an error beside a state only where a step is tried again', () => {
  expect(() => check(update('STEP', 'START', { Payload: '1', Error: {} }))).not.toThrow();
});

it('takes no more operations than AWS does, and as many', () => {
  expect(() => checkBatch([], () => undefined, 30_000)).not.toThrow();
  expect(() => checkBatch([], () => undefined, 30_001)).toThrow('More than 30000 operations');
});

it.each<[string, OperationUpdate[]]>([
  ['an empty checkpoint', []],
  ['a start and its outcome together', [update('STEP', 'START'), update('STEP', 'SUCCEED')]],
  ['exactly 256 KB', [update('STEP', 'SUCCEED', { Payload: bytes(limits.payloadBytes) })]],
  [
    'an error of exactly 32 KB',
    [
      update('STEP', 'FAIL', {
        Error: { ErrorMessage: bytes(limits.errorBytes - '{"ErrorMessage":""}'.length) },
      }),
    ],
  ],
  ['a wait of 366 days', [update('WAIT', 'START', { WaitOptions: { WaitSeconds: limits.waitSeconds } })]],
  ['a child of a known branch', [update('STEP', 'START', { ParentId: 'branch' })]],
  [
    'a branch and its child together',
    [update('CONTEXT', 'START', { Id: 'new' }), update('STEP', 'START', { ParentId: 'new' })],
  ],
  [
    'a branch that begins and ends at once',
    [update('CONTEXT', 'START', { Id: 'new' }), update('CONTEXT', 'SUCCEED', { Id: 'new' })],
  ],
  ['the end as the last word', [update('STEP', 'SUCCEED'), update('EXECUTION', 'SUCCEED', { Id: 'end' })]],
])('takes %s', (_, updates) => {
  expect(() => check(...updates)).not.toThrow();
});

it('names executions as AWS does', () => {
  for (const name of ['a', 'bkg_7zk3-4', 'x'.repeat(64)]) expect(isExecutionName(name)).toBe(true);
  for (const name of ['', 'a/b', 'a.b', 'ä', 'x'.repeat(65)]) expect(isExecutionName(name)).toBe(false);
});
