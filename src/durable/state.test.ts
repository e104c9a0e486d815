import type { OperationUpdate } from '@aws/durable-execution-sdk-js';
import { describe, expect, it } from 'vitest';
import { apply, type Entry } from './machine.ts';
import { due, isWaiting, nextDue, prune, ready, stateOf } from './state.ts';

const entry = (Id: string, Type: string, Action: string, more = {}): Entry =>
  apply({ Id, Type, Action, ...more } as OperationUpdate, undefined, 0, () => `secret of ${Id}`);
const step = (id: string, parent?: string) =>
  entry(id, 'STEP', 'SUCCEED', parent ? { ParentId: parent } : {});
const wait = (id: string, seconds: number, parent?: string) =>
  entry(id, 'WAIT', 'START', {
    WaitOptions: { WaitSeconds: seconds },
    ...(parent && { ParentId: parent }),
  });
const retry = (id: string, seconds: number, parent?: string) =>
  entry(id, 'STEP', 'RETRY', {
    StepOptions: { NextAttemptDelaySeconds: seconds },
    ...(parent && { ParentId: parent }),
  });
const branch = (id: string, action: string, more = {}) => entry(id, 'CONTEXT', action, more);
const ids = (operations: { Id?: string | undefined }[]) => operations.map(operation => operation.Id);

describe('what an invocation is shown', () => {
  it('leaves out everything inside a branch that has ended, however deep', () => {
    const state = stateOf([
      branch('outer', 'SUCCEED'),
      branch('inner', 'SUCCEED', { ParentId: 'outer', ContextOptions: { ReplayChildren: true } }),
      step('deep', 'inner'),
      step('beside'),
      branch('failed', 'FAIL'),
      step('in failed', 'failed'),
    ]);
    expect(ids(prune(state))).toEqual(['outer', 'beside', 'failed']);
  });

  it('keeps the inside of a branch that runs, or whose result was too large to keep', () => {
    const state = stateOf([
      branch('running', 'START'),
      step('in running', 'running'),
      branch('large', 'SUCCEED', { ContextOptions: { ReplayChildren: true } }),
      step('in large', 'large'),
    ]);
    expect(ids(prune(state))).toEqual(['running', 'in running', 'large', 'in large']);
  });
});

describe('what time brings', () => {
  it('is the earliest of all, and everything that is due at once', () => {
    const state = stateOf([wait('w1', 60), retry('s1', 5), wait('w2', 10)]);
    expect(nextDue(state)).toBe(5_000);
    expect(due(state, 4_999)).toEqual([]);
    expect(due(state, 10_000).map(({ operation }) => [operation.Id, operation.Status])).toEqual([
      ['s1', 'READY'],
      ['w2', 'SUCCEEDED'],
    ]);
  });

  it('wakes nobody for what a race has left behind', () => {
    const state = stateOf([branch('race', 'SUCCEED'), retry('loser', 5, 'race'), wait('late', 6, 'race')]);
    expect(nextDue(state)).toBeNull();
    expect(due(state, 60_000)).toEqual([]);
    expect(isWaiting(state)).toBe(false);
  });
});

it('replaces what changed and keeps the order in which things began', () => {
  const state = stateOf([retry('a', 5), step('b'), step('a')]);
  expect([...state.entries.keys()]).toEqual(['a', 'b']);
  expect(nextDue(state)).toBeNull();
});

it('waits for open waits, callbacks, invocations and retries, not for steps under way', () => {
  expect(isWaiting(stateOf([entry('c', 'CALLBACK', 'START')]))).toBe(true);
  expect(isWaiting(stateOf([entry('i', 'CHAINED_INVOKE', 'START')]))).toBe(true);
  expect(isWaiting(stateOf([retry('s', 5)]))).toBe(true);
  expect(isWaiting(stateOf([entry('s', 'STEP', 'START'), step('d'), branch('b', 'START')]))).toBe(false);
  expect(isWaiting(stateOf(due(stateOf([wait('over', 5)]), 5_000)))).toBe(false);
  const pending = stateOf([retry('s', 5)]);
  expect(ready(stateOf(due(pending, 5_000)))).toEqual(['s']);
});
