import type { OperationUpdate } from '@aws/durable-execution-sdk-js';
import { describe, expect, it } from 'vitest';
import { apply, dueAt, type Entry, fire, heartbeat, IllegalUpdate, settle } from './machine.ts';

const start = Date.UTC(2026, 4, 30, 15, 30);
const at = (seconds: number) => start + seconds * 1000;
const iso = (seconds: number) => new Date(at(seconds)).toISOString();

const update = (Type: OperationUpdate['Type'], Action: OperationUpdate['Action'], more = {}) =>
  ({ Id: 'op', Type, Action, ...more }) as OperationUpdate;
const entryOf = (...updates: [OperationUpdate, number?][]): Entry =>
  updates.reduce<Entry | undefined>(
    (before, [next, seconds = 0]) => apply(next, before, at(seconds), () => 'secret'),
    undefined,
  ) as Entry;
const shape = ({ operation }: Entry) => {
  const { Id: _, Type: __, StartTimestamp: ___, ...rest } = operation;
  return rest;
};

const retry = (more = {}) =>
  update('STEP', 'RETRY', { StepOptions: { NextAttemptDelaySeconds: 5 }, ...more });

describe('a step', () => {
  it.each<[string, [OperationUpdate, number?][], object]>([
    ['is STARTED, without a count yet', [[update('STEP', 'START')]], { Status: 'STARTED' }],
    [
      'succeeds with its result and one finished attempt',
      [[update('STEP', 'START')], [update('STEP', 'SUCCEED', { Payload: '7' }), 2]],
      { Status: 'SUCCEEDED', EndTimestamp: iso(2), StepDetails: { Attempt: 1, Result: '7' } },
    ],
    [
      'succeeds without ever having been started',
      [[update('STEP', 'SUCCEED')]],
      { Status: 'SUCCEEDED', EndTimestamp: iso(0), StepDetails: { Attempt: 1 } },
    ],
    [
      'fails with its error',
      [[update('STEP', 'FAIL', { Error: { ErrorMessage: 'no' } })]],
      { Status: 'FAILED', EndTimestamp: iso(0), StepDetails: { Attempt: 1, Error: { ErrorMessage: 'no' } } },
    ],
    [
      'waits for its retry, keeping the error',
      [[update('STEP', 'START')], [retry({ Error: { ErrorMessage: 'no' } }), 1]],
      {
        Status: 'PENDING',
        StepDetails: { Attempt: 1, NextAttemptTimestamp: iso(6), Error: { ErrorMessage: 'no' } },
      },
    ],
    [
      'waits for its next look, keeping the state of the condition',
      [[retry({ Payload: '{"n":1}' })]],
      { Status: 'PENDING', StepDetails: { Attempt: 1, NextAttemptTimestamp: iso(5), Result: '{"n":1}' } },
    ],
  ])('%s', (_, updates, expected) => {
    expect(shape(entryOf(...updates))).toEqual(expected);
  });

  it('is ready when its retry is due, keeps its state when started again, and counts the second attempt', () => {
    const pending = entryOf([retry({ Payload: '{"n":1}' })]);
    expect(fire(pending, at(4.999))).toBeNull();
    const ready = fire(pending, at(5)) as Entry;
    expect(shape(ready)).toEqual({ Status: 'READY', StepDetails: { Attempt: 1, Result: '{"n":1}' } });
    const again = apply(update('STEP', 'START'), ready, at(6), () => '');
    expect(shape(again)).toEqual({ Status: 'STARTED', StepDetails: { Attempt: 1, Result: '{"n":1}' } });
    const done = apply(update('STEP', 'SUCCEED', { Payload: '2' }), again, at(7), () => '');
    expect(done.operation.StepDetails).toEqual({ Attempt: 2, Result: '2' });
  });
});

describe('a wait', () => {
  const wait = entryOf([update('WAIT', 'START', { WaitOptions: { WaitSeconds: 60 } })]);

  it('ends by itself, not a moment early', () => {
    expect(dueAt(wait)).toBe(at(60));
    expect(fire(wait, at(59))).toBeNull();
    expect(shape(fire(wait, at(61)) as Entry)).toEqual({
      Status: 'SUCCEEDED',
      EndTimestamp: iso(61),
      WaitDetails: { ScheduledEndTimestamp: iso(60) },
    });
  });

  it('can be called off, and is then due no more', () => {
    const off = apply(update('WAIT', 'CANCEL'), wait, at(1), () => '');
    expect(off.operation).toMatchObject({ Status: 'CANCELLED', EndTimestamp: iso(1) });
    expect(dueAt(off)).toBeNull();
    expect(fire(off, at(60))).toBeNull();
  });
});

describe('a callback', () => {
  const callback = (options: object) => entryOf([update('CALLBACK', 'START', { CallbackOptions: options })]);

  it('gets an id, and no deadline unless one is asked for', () => {
    const open = callback({ TimeoutSeconds: 0 });
    expect(shape(open)).toEqual({ Status: 'STARTED', CallbackDetails: { CallbackId: 'secret' } });
    expect(dueAt(open)).toBeNull();
  });

  it('has two deadlines: a sign of life puts off one of them', () => {
    const open = callback({ TimeoutSeconds: 25, HeartbeatTimeoutSeconds: 10 });
    expect(dueAt(open)).toBe(at(10));
    const alive = heartbeat(open, at(9)) as Entry;
    expect(dueAt(alive)).toBe(at(19));
    expect(fire(alive, at(19))?.operation).toMatchObject({
      Status: 'TIMED_OUT',
      CallbackDetails: { CallbackId: 'secret', Error: { ErrorMessage: 'Callback timed out on heartbeat' } },
    });
    const stillAlive = heartbeat(alive, at(18)) as Entry;
    expect(dueAt(stillAlive)).toBe(at(25));
    expect(fire(stillAlive, at(25))?.operation.CallbackDetails?.Error?.ErrorMessage).toBe(
      'Callback timed out',
    );
  });

  it('is answered once, and keeps its id', () => {
    const answered = settle(callback({}), { status: 'SUCCEEDED', result: 'yes' }, at(3)) as Entry;
    expect(shape(answered)).toEqual({
      Status: 'SUCCEEDED',
      EndTimestamp: iso(3),
      CallbackDetails: { CallbackId: 'secret', Result: 'yes' },
    });
    expect(settle(answered, { status: 'SUCCEEDED', result: 'no' }, at(4))).toBeNull();
    expect(heartbeat(answered, at(4))).toBeNull();
  });

  it('has run out of time, not of signs of life, where both end at once', () => {
    const open = callback({ TimeoutSeconds: 10, HeartbeatTimeoutSeconds: 10 });
    expect(fire(open, at(10))?.operation.CallbackDetails?.Error?.ErrorMessage).toBe('Callback timed out');
  });

  it.each<[string, string, (open: Entry) => Entry | null]>([
    ['called off', 'CANCELLED', open => apply(update('CALLBACK', 'CANCEL'), open, at(1), () => '')],
    ['answered', 'SUCCEEDED', open => settle(open, { status: 'SUCCEEDED' }, at(1))],
    ['given up', 'TIMED_OUT', open => fire(open, at(25))],
  ])('has no deadline any more once it is %s: %s', (_, status, close) => {
    const closed = close(callback({ TimeoutSeconds: 25, HeartbeatTimeoutSeconds: 10 })) as Entry;
    expect(closed.operation.Status).toBe(status);
    expect(closed.operation.CallbackDetails?.CallbackId).toBe('secret');
    expect(dueAt(closed)).toBeNull();
  });
});

describe('a branch', () => {
  it('ends with its result and may ask to keep its inside', () => {
    const ended = entryOf(
      [update('CONTEXT', 'START')],
      [update('CONTEXT', 'SUCCEED', { Payload: '"sum"', ContextOptions: { ReplayChildren: true } }), 1],
    );
    expect(shape(ended)).toEqual({
      Status: 'SUCCEEDED',
      EndTimestamp: iso(1),
      ContextDetails: { ReplayChildren: true, Result: '"sum"' },
    });
  });

  it('fails with its error', () => {
    const failed = entryOf([update('CONTEXT', 'FAIL', { Error: { ErrorMessage: 'no' } })]);
    expect(shape(failed)).toMatchObject({
      Status: 'FAILED',
      ContextDetails: { Error: { ErrorMessage: 'no' } },
    });
  });
});

describe('an invoked execution', () => {
  it('ends as the child ended', () => {
    const open = entryOf([update('CHAINED_INVOKE', 'START', { Payload: '{}' })]);
    expect(shape(open)).toEqual({ Status: 'STARTED' });
    expect(
      shape(settle(open, { status: 'STOPPED', error: { ErrorMessage: 'stopped' } }, at(1)) as Entry),
    ).toEqual({
      Status: 'STOPPED',
      EndTimestamp: iso(1),
      ChainedInvokeDetails: { Error: { ErrorMessage: 'stopped' } },
    });
  });

  it('can be called off', () => {
    const open = entryOf([update('CHAINED_INVOKE', 'START', { Payload: '{}' })]);
    expect(shape(apply(update('CHAINED_INVOKE', 'CANCEL'), open, at(1), () => ''))).toEqual({
      Status: 'CANCELLED',
      EndTimestamp: iso(1),
    });
  });
});

it.each([
  ['a step under way', entryOf([update('STEP', 'START')])],
  ['a branch', entryOf([update('CONTEXT', 'START')])],
  ['an invoked execution', entryOf([update('CHAINED_INVOKE', 'START')])],
  ['a callback without a deadline', entryOf([update('CALLBACK', 'START')])],
])('time alone does nothing to %s', (_, open) => {
  expect(dueAt(open)).toBeNull();
  expect(fire(open, at(366 * 86_400))).toBeNull();
});

describe('what is not legal', () => {
  const open = {
    STEP: entryOf([update('STEP', 'START')]),
    WAIT: entryOf([update('WAIT', 'START', { WaitOptions: { WaitSeconds: 1 } })]),
    CALLBACK: entryOf([update('CALLBACK', 'START')]),
    CONTEXT: entryOf([update('CONTEXT', 'START')]),
    CHAINED_INVOKE: entryOf([update('CHAINED_INVOKE', 'START')]),
  };
  const done = entryOf([update('STEP', 'SUCCEED')]);

  it.each<[string, OperationUpdate, Entry | undefined]>([
    ['to start a step that runs', update('STEP', 'START'), open.STEP],
    ['to start a step that waits for its retry', update('STEP', 'START'), entryOf([retry()])],
    ['to succeed while waiting for the retry', update('STEP', 'SUCCEED'), entryOf([retry()])],
    ['to end a step twice', update('STEP', 'FAIL'), done],
    ['to retry a step that has ended', retry(), done],
    ['to start a wait twice', update('WAIT', 'START'), open.WAIT],
    ['to start a callback twice', update('CALLBACK', 'START'), open.CALLBACK],
    ['to start a branch twice', update('CONTEXT', 'START'), open.CONTEXT],
    ['to invoke twice', update('CHAINED_INVOKE', 'START'), open.CHAINED_INVOKE],
    ['to call off what never began', update('WAIT', 'CANCEL'), undefined],
    ['to answer a callback from inside', update('CALLBACK', 'SUCCEED'), open.CALLBACK],
    ['to end a branch twice', update('CONTEXT', 'SUCCEED'), entryOf([update('CONTEXT', 'FAIL')])],
    ['to make a step of a wait', update('STEP', 'SUCCEED'), open.WAIT],
  ])('%s', (_, next, before) => {
    expect(() => apply(next, before, start, () => '')).toThrow(IllegalUpdate);
  });

  it('says what was to be done with what, and how that is', () => {
    expect(() => apply(update('STEP', 'START'), entryOf([retry()]), start, () => '')).toThrow(
      expect.objectContaining({
        name: 'IllegalUpdate',
        message: 'Cannot START a STEP that is PENDING.',
      }),
    );
  });

  it('takes the end of the execution for no operation of it', () => {
    expect(() => apply(update('EXECUTION', 'SUCCEED'), undefined, start, () => '')).toThrow(
      'Invalid operation type: EXECUTION.',
    );
  });
});

it('leaves absent what is absent: no field of an operation is ever null', () => {
  const entries = [
    entryOf([update('STEP', 'START')], [update('STEP', 'SUCCEED')]),
    entryOf([update('CONTEXT', 'START')], [update('CONTEXT', 'SUCCEED')]),
    settle(entryOf([update('CALLBACK', 'START')]), { status: 'SUCCEEDED' }, start) as Entry,
    settle(entryOf([update('CHAINED_INVOKE', 'START')]), { status: 'SUCCEEDED' }, start) as Entry,
  ];
  for (const entry of entries) {
    expect(JSON.stringify(entry)).not.toContain('null');
    expect(JSON.parse(JSON.stringify(entry))).toStrictEqual(entry);
  }
});
