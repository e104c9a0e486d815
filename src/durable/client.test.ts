import { describe, expect, it } from 'vitest';
import { held, update } from './held.fixture.ts';

const stale = {
  isDurableExecutionClientError: true,
  scope: 'INVOCATION',
  message: 'Invalid checkpoint token',
};

describe('the fence', () => {
  it('gives a new token with every checkpoint and takes none twice', async () => {
    const { invoke, write } = await held();
    const { token } = invoke();
    const first = await write(token, update('s', 'STEP', 'START'));
    expect(first.CheckpointToken).not.toBe(token);
    await expect(write(token, update('s', 'STEP', 'SUCCEED'))).rejects.toMatchObject(stale);
    await write(first.CheckpointToken, update('s', 'STEP', 'SUCCEED'));
  });

  it('shuts out whoever writes for an execution that has let go of its slot', async () => {
    const { invoke, write, lives } = await held();
    const { token } = invoke();
    lives.clear();
    await expect(write(token, update('s', 'STEP', 'SUCCEED'))).rejects.toMatchObject(stale);
  });

  it('shuts out whoever writes before the first invocation has begun', async () => {
    const { write } = await held();
    await expect(write('1-1.0', update('s', 'STEP', 'SUCCEED'))).rejects.toMatchObject(stale);
  });

  it('lets one of two writes through that come with the same token, and the invocation goes on', async () => {
    const { invoke, write } = await held();
    const { token } = invoke();
    const [first, second] = await Promise.allSettled([
      write(token, update('a', 'STEP', 'SUCCEED')),
      write(token, update('b', 'STEP', 'SUCCEED')),
    ]);
    expect(second).toMatchObject({ status: 'rejected', reason: stale });
    const { CheckpointToken } = first.status === 'fulfilled' ? first.value : {};
    await write(CheckpointToken, update('b', 'STEP', 'SUCCEED'));
  });

  it('shuts out an invocation as soon as the next has begun, and lets the next go on', async () => {
    const { invoke, write, journalled } = await held();
    const { token: old } = invoke();
    const { token: fresh } = invoke();
    await expect(write(old, update('s', 'STEP', 'SUCCEED'))).rejects.toMatchObject(stale);
    expect(journalled()).toEqual([]);
    await write(fresh, update('s', 'STEP', 'SUCCEED'));
  });

  it('shuts out a write that was under way when the invocation ended', async () => {
    const { invoke, write, journalled } = await held();
    const invocation = invoke();
    const writing = write(invocation.token, update('s', 'STEP', 'SUCCEED'));
    invocation.end();
    await expect(writing).rejects.toMatchObject(stale);
    expect(journalled()).toEqual([]);
  });

  it('shuts out everybody once the execution has ended by its own checkpoint', async () => {
    const { invoke, write, store } = await held();
    const { token } = invoke();
    const last = await write(token, update('execution-result-1', 'EXECUTION', 'SUCCEED', { Payload: '42' }));
    expect(last.CheckpointToken).toBeUndefined();
    expect(store.find('known@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: '42' });
    await expect(write(token, update('s', 'STEP', 'START'))).rejects.toMatchObject(stale);
  });
});

describe('a checkpoint', () => {
  it('is all or nothing, in memory as on disk, and ends the execution if it was illegal', async () => {
    const { invoke, write, live, journalled } = await held();
    const { token } = invoke();
    const illegal = write(
      token,
      update('a', 'STEP', 'SUCCEED'),
      update('i', 'CHAINED_INVOKE', 'START', { ChainedInvokeOptions: { FunctionName: 'known@1' } }),
      update('w', 'WAIT', 'CANCEL'),
    );
    await expect(illegal).rejects.toMatchObject({ scope: 'EXECUTION' });
    expect(journalled()).toEqual([]);
    expect(live.state.entries.size).toBe(0);
    await write(token, update('a', 'STEP', 'SUCCEED'));
  });

  it('answers with its own changes and with what time and others changed, once', async () => {
    const { invoke, write, clock, transact, callbacks } = await held();
    const { token } = invoke();
    const begun = await write(
      token,
      update('w', 'WAIT', 'START', { WaitOptions: { WaitSeconds: 5 } }),
      update('c', 'CALLBACK', 'START'),
    );
    const callback = begun.NewExecutionState?.Operations?.[1]?.CallbackDetails?.CallbackId ?? '';
    expect(callback).toMatch(/^1\.c\.[\w-]{22}$/);
    const nothing = await write(begun.CheckpointToken);
    expect(nothing.NewExecutionState?.Operations).toEqual([]);

    clock.advance(5000);
    await transact(change => callbacks.answer(change, callback, { status: 'SUCCEEDED', result: 'yes' }));
    const poll = await write(nothing.CheckpointToken);
    expect(poll.NewExecutionState?.Operations).toEqual([
      expect.objectContaining({ Id: 'w', Status: 'SUCCEEDED' }),
      expect.objectContaining({ Id: 'c', Status: 'SUCCEEDED' }),
    ]);
    const after = await write(poll.CheckpointToken, update('s', 'STEP', 'START'));
    expect(after.NewExecutionState?.Operations).toEqual([expect.objectContaining({ Id: 's' })]);
  });

  it('keeps what an operation began with where it begins and ends at once', async () => {
    const { invoke, write } = await held();
    const { token } = invoke();
    const { NewExecutionState } = await write(
      token,
      update('s', 'STEP', 'START', { Name: 'both' }),
      update('s', 'STEP', 'SUCCEED'),
    );
    expect(NewExecutionState?.Operations).toEqual([
      expect.objectContaining({ Name: 'both', Status: 'SUCCEEDED' }),
    ]);
  });

  it('answers a poll with what time alone has changed', async () => {
    const { invoke, write, clock } = await held();
    const { token } = invoke();
    const { CheckpointToken } = await write(
      token,
      update('w', 'WAIT', 'START', { WaitOptions: { WaitSeconds: 5 } }),
    );
    clock.advance(5000);
    const { NewExecutionState } = await write(CheckpointToken);
    expect(NewExecutionState?.Operations).toEqual([
      expect.objectContaining({ Id: 'w', Status: 'SUCCEEDED' }),
    ]);
  });

  it('says PENDING after a retry, never READY', async () => {
    const { invoke, write } = await held();
    const { token } = invoke();
    const { NewExecutionState } = await write(
      token,
      update('s', 'STEP', 'RETRY', { StepOptions: { NextAttemptDelaySeconds: 1 } }),
    );
    expect(NewExecutionState?.Operations).toEqual([expect.objectContaining({ Status: 'PENDING' })]);
  });

  it('writes a poll that brings nothing nowhere', async () => {
    const { invoke, write, db } = await held();
    const { token } = invoke();
    const writing = write(token);
    db.close();
    expect((await writing).CheckpointToken).not.toBe(token);
  });

  it('starts the invoked execution in the same commit', async () => {
    const { invoke, write, store, woken } = await held();
    const { token } = invoke();
    await write(
      token,
      update('i', 'CHAINED_INVOKE', 'START', {
        Payload: '{"n":1}',
        ChainedInvokeOptions: { FunctionName: 'known@1' },
      }),
    );
    const child = store.find('known@1', '1/i');
    expect(child).toMatchObject({ parent: 1, parentOperation: 'i', input: '{"n":1}', status: 'ACTIVE' });
    expect(woken).toEqual([child?.id]);
  });

  it('starts none where one is called off', async () => {
    const { invoke, write, store } = await held();
    const { token } = invoke();
    const known = { ChainedInvokeOptions: { FunctionName: 'known@1' } };
    const { CheckpointToken } = await write(token, update('i', 'CHAINED_INVOKE', 'START', known));
    const { NewExecutionState } = await write(
      CheckpointToken,
      update('i', 'CHAINED_INVOKE', 'CANCEL', known),
    );
    expect(NewExecutionState?.Operations).toEqual([expect.objectContaining({ Status: 'CANCELLED' })]);
    expect(store.list({ workflow: 'known@1' })).toHaveLength(2);
  });
});

describe('pages', () => {
  it('cover the state an invocation began with, in order, and only for its holder', async () => {
    const { invoke, write, page } = await held();
    const { token } = invoke();
    const updates = ['a', 'b', 'c', 'd', 'e'].map(id => update(id, 'STEP', 'SUCCEED'));
    await write(token, ...updates);
    const { token: next } = invoke();
    const pages: (string | undefined)[][] = [];
    for (let marker: string | undefined = '0'; marker; ) {
      const answer = await page(next, marker, 2);
      pages.push((answer.Operations ?? []).map(({ Id }) => Id));
      marker = answer.NextMarker;
    }
    expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    const last = await page(next, '0', 5);
    expect(last.Operations).toHaveLength(5);
    expect(last.NextMarker).toBeUndefined();
    await expect(page(token, '0')).rejects.toMatchObject(stale);
  });
});

describe('suspending', () => {
  it('runs again at once if something changed that the invocation was not told of', async () => {
    const { invoke, write, clock, live, transact, checkpoints } = await held();
    const { token } = invoke();
    await write(token, update('w', 'WAIT', 'START', { WaitOptions: { WaitSeconds: 5 } }));
    clock.advance(5000);
    const suspended = await transact(change => checkpoints.suspend(change, live, []));
    expect(suspended).toEqual({ to: 'again' });
  });

  it('sleeps until the next deadline, on disk', async () => {
    const { invoke, write, clock, live, store, transact, checkpoints } = await held();
    const { token } = invoke();
    await write(token, update('w', 'WAIT', 'START', { WaitOptions: { WaitSeconds: 5 } }));
    const until = clock.now() + 5000;
    expect(await transact(change => checkpoints.suspend(change, live, []))).toEqual({ to: 'asleep', until });
    expect(store.find('known@1', 'a')).toMatchObject({ status: 'WAITING', wakeAt: until });
  });

  it('is the end if nothing could ever wake it', async () => {
    const { invoke, write, live, store, transact, checkpoints } = await held();
    const { token } = invoke();
    await write(token, update('s', 'STEP', 'START'));
    expect(await transact(change => checkpoints.suspend(change, live, []))).toEqual({ to: 'stuck' });
    expect(store.find('known@1', 'a')).toMatchObject({
      status: 'FAILED',
      error: '{"ErrorMessage":"Cannot return PENDING status with no pending operations."}',
    });
  });

  it('is the end too if the only retry that is ready was ready before and nobody took it up', async () => {
    const { invoke, write, clock, live, transact, checkpoints } = await held();
    const { token } = invoke();
    await write(token, update('s', 'STEP', 'RETRY', { StepOptions: { NextAttemptDelaySeconds: 1 } }));
    clock.advance(1000);
    expect(await transact(change => checkpoints.suspend(change, live, []))).toEqual({ to: 'again' });
    live.news.clear();
    expect(await transact(change => checkpoints.suspend(change, live, []))).toEqual({ to: 'again' });
    expect(await transact(change => checkpoints.suspend(change, live, ['s']))).toEqual({ to: 'stuck' });
  });
});

describe('where steps may run again', () => {
  it('journals what a step came to, not that it began', async () => {
    const { invoke, write, journalled, live } = await held({ stepsMayRerun: true });
    const { token } = invoke();
    const begun = await write(token, update('a', 'STEP', 'START'), update('b', 'STEP', 'START'));
    expect(begun.NewExecutionState?.Operations?.map(({ Status }) => Status)).toEqual(['STARTED', 'STARTED']);
    expect(live.state.entries.get('a')?.operation.Status).toBe('STARTED');
    expect(journalled()).toEqual([]);

    await write(begun.CheckpointToken, update('b', 'STEP', 'SUCCEED'));
    expect(journalled().map(({ operation }) => `${operation.Id} ${operation.Status}`)).toEqual([
      'b SUCCEEDED',
    ]);
  });

  it('tells a step that begins what time has changed meanwhile', async () => {
    const { invoke, write, clock } = await held({ stepsMayRerun: true });
    const { token } = invoke();
    const { CheckpointToken } = await write(
      token,
      update('w', 'WAIT', 'START', { WaitOptions: { WaitSeconds: 5 } }),
    );
    clock.advance(5000);
    const { NewExecutionState } = await write(CheckpointToken, update('s', 'STEP', 'START'));
    expect(NewExecutionState?.Operations?.map(({ Id, Status }) => `${Id} ${Status}`).sort()).toEqual([
      's STARTED',
      'w SUCCEEDED',
    ]);
  });

  it('still refuses a stale token and what the protocol forbids', async () => {
    const { invoke, write } = await held({ stepsMayRerun: true });
    const { token } = invoke();
    const { CheckpointToken } = await write(token, update('a', 'STEP', 'START'));
    await expect(write(token, update('b', 'STEP', 'START'))).rejects.toMatchObject(stale);
    await expect(write(CheckpointToken, update('a', 'STEP', 'START'))).rejects.toMatchObject({
      scope: 'EXECUTION',
    });
  });

  it('waits for the disk before anything else begins', async () => {
    const { invoke, write, journalled } = await held({ stepsMayRerun: true });
    const { token } = invoke();
    await write(token, update('s', 'STEP', 'START'), update('w', 'CALLBACK', 'START'));
    expect(journalled().map(({ operation }) => operation.Id)).toEqual(['w']);
  });
});
