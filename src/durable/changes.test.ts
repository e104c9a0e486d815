import { describe, expect, it } from 'vitest';
import { held, update } from './held.fixture.ts';
import { due } from './state.ts';

describe('a callback', () => {
  const asking = async (more: object = {}) => {
    const world = await held();
    const { token } = world.invoke();
    const begun = await world.write(
      token,
      update('c', 'CALLBACK', 'START', more),
      update('s', 'STEP', 'SUCCEED'),
    );
    const id = begun.NewExecutionState?.Operations?.[0]?.CallbackDetails?.CallbackId ?? '';
    const answer = (given = id) =>
      world.transact(change => world.callbacks.answer(change, given, { status: 'SUCCEEDED', result: 'yes' }));
    const alive = () => world.transact(change => world.callbacks.heartbeat(change, id));
    return { ...world, id, answer, alive, token: begun.CheckpointToken };
  };

  it('takes no answer after its deadline, though nobody has looked at the clock since', async () => {
    const { answer, clock, journalled } = await asking({ CallbackOptions: { TimeoutSeconds: 10 } });
    clock.advance(10_000);
    const before = journalled();
    await expect(answer()).rejects.toMatchObject({ code: 'callback-closed' });
    expect(journalled()).toEqual(before);
  });

  it('is found by its whole id, and by nothing that only looks like one', async () => {
    const { answer, id } = await asking();
    for (const wrong of ['', '1', '1.c', '1.s.', `2${id.slice(1)}`, `1.s${id.slice(3)}`, `${id}x`, `x${id}`])
      await expect(answer(wrong)).rejects.toMatchObject({ code: 'callback-unknown' });
    await answer();
  });

  it('keeps a running execution running when it shows that it lives, and is no news to it', async () => {
    const { alive, store, write, token, woken } = await asking({
      CallbackOptions: { HeartbeatTimeoutSeconds: 30 },
    });
    await alive();
    expect(store.find('known@1', 'a')).toMatchObject({ status: 'ACTIVE' });
    expect((await write(token)).NewExecutionState?.Operations).toEqual([]);
    expect(woken).toEqual([]);
  });

  it('wakes a sleeping execution by an answer, once it is on disk', async () => {
    const { answer, live, transact, checkpoints, store, woken } = await asking();
    await transact(change => checkpoints.suspend(change, live, []));
    expect(woken).toEqual([]);
    await answer();
    expect(woken).toEqual([1]);
    expect(store.find('known@1', 'a')).toMatchObject({ status: 'ACTIVE' });
  });

  it('wakes it by a sign of life too where something else fell due meanwhile', async () => {
    const { alive, live, write, token, transact, checkpoints, clock, woken } = await asking({
      CallbackOptions: { HeartbeatTimeoutSeconds: 30 },
    });
    await write(token, update('w', 'WAIT', 'START', { WaitOptions: { WaitSeconds: 5 } }));
    await transact(change => checkpoints.suspend(change, live, []));
    clock.advance(5000);
    await alive();
    expect(woken).toEqual([1]);
    expect([...live.news]).toEqual(['w']);
  });

  it('answered while its execution runs is news to it and wakes nobody', async () => {
    const { answer, live, woken } = await asking();
    await answer();
    expect([...live.news]).toEqual(['c']);
    expect(woken).toEqual([]);
  });

  it('puts off the time at which a sleeping execution is looked at', async () => {
    const { alive, live, transact, checkpoints, clock, store, woken } = await asking({
      CallbackOptions: { HeartbeatTimeoutSeconds: 30 },
    });
    await transact(change => checkpoints.suspend(change, live, []));
    clock.advance(20_000);
    const until = clock.now() + 30_000;
    await alive();
    expect(store.find('known@1', 'a')).toMatchObject({ status: 'WAITING', wakeAt: until });
    expect(woken).toEqual([]);
  });
});

describe('the journal', () => {
  it('of what has only been started is empty, and brings no news', async () => {
    const { store } = await held();
    expect(store.journal(1)).toEqual({ entries: [], news: [] });
  });

  it('has one row for one checkpoint, and none for what the invocation need not know again', async () => {
    const { invoke, write, db } = await held({ stepsMayRerun: true });
    const rows = () => db.get<{ n: number }>('SELECT count(*) AS n FROM journal')?.n;
    const { token } = invoke();
    const first = await write(
      token,
      update('a', 'STEP', 'SUCCEED'),
      update('w', 'WAIT', 'START', { WaitOptions: { WaitSeconds: 5 } }),
    );
    expect(rows()).toBe(1);
    await write(first.CheckpointToken, update('b', 'STEP', 'START'));
    expect(rows()).toBe(1);
  });

  it('tells the next process what happened outside since the last checkpoint, and nothing else', async () => {
    const { invoke, write, store, clock, transact, changes, live } = await held();
    const { token } = invoke();
    const waiting = update('w', 'WAIT', 'START', { WaitOptions: { WaitSeconds: 5 } });
    const first = await write(token, waiting, update('i', 'CALLBACK', 'START'));
    expect(store.journal(1).news).toEqual([]);
    clock.advance(5000);
    await transact(change => changes.record(change, 1, due(live.state, change.now), 'outside'));
    expect(store.journal(1).news).toEqual(['w']);
    await write(first.CheckpointToken, update('s', 'STEP', 'SUCCEED'));
    expect(store.journal(1).news).toEqual([]);
  });
});

describe('an invocation that begins', () => {
  it('runs what time has changed, and is told of it', async () => {
    const { invoke, write, live, store, transact, checkpoints, clock } = await held();
    const { token } = invoke();
    await write(token, update('w', 'WAIT', 'START', { WaitOptions: { WaitSeconds: 5 } }));
    await transact(change => checkpoints.suspend(change, live, []));
    clock.advance(5000);
    expect(await transact(change => checkpoints.begin(change, live))).toBe(true);
    expect(store.find('known@1', 'a')).toMatchObject({ status: 'ACTIVE' });
    expect([...live.news]).toEqual(['w']);
  });

  it('goes on with what ran when the last process ended, though nothing has changed', async () => {
    const { live, store, transact, checkpoints } = await held();
    expect(await transact(change => checkpoints.begin(change, live))).toBe(true);
    expect(store.find('known@1', 'a')).toMatchObject({ status: 'ACTIVE' });
  });

  it('has nothing to run once its execution has ended', async () => {
    const { invoke, write, live, transact, checkpoints, store } = await held();
    const { token } = invoke();
    await write(token, update('execution-result-1', 'EXECUTION', 'FAIL'));
    expect(await transact(change => checkpoints.begin(change, live))).toBe(false);
    expect(await transact(change => checkpoints.suspend(change, live, []))).toEqual({ to: 'ended' });
    expect(store.find('known@1', 'a')).toMatchObject({ status: 'FAILED' });
  });
});

describe('an execution that ends', () => {
  const child = (id: string, workflow = 'known@1') =>
    update(id, 'CHAINED_INVOKE', 'START', { ChainedInvokeOptions: { FunctionName: workflow } });

  it('fails with an empty reason where none was given', async () => {
    const { invoke, write, store } = await held();
    const { token } = invoke();
    await write(token, update('execution-result-1', 'EXECUTION', 'FAIL'));
    expect(store.find('known@1', 'a')).toMatchObject({ status: 'FAILED', error: '{}', result: null });
  });

  it('ends once: what comes later changes nothing', async () => {
    const { transact, store, changes } = await held();
    await transact(change => changes.end(change, 1, { status: 'SUCCEEDED', result: 'first' }));
    await transact(change => changes.end(change, 1, { status: 'FAILED', error: {} }));
    expect(store.find('known@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: 'first', error: null });
  });

  it('tells the one that invoked it, which wakes if it sleeps', async () => {
    const { invoke, write, live, transact, checkpoints, changes, store, woken } = await held();
    const { token } = invoke();
    await write(token, child('i'));
    await transact(change => checkpoints.suspend(change, live, []));
    const { id, input } = store.find('known@1', '1/i') ?? { id: 0 };
    expect(input).toBe('{}');
    woken.length = 0;
    await transact(change => changes.end(change, id, { status: 'SUCCEEDED', result: '7' }));
    expect(woken).toEqual([1]);
    expect(live.state.entries.get('i')?.operation).toMatchObject({
      Status: 'SUCCEEDED',
      ChainedInvokeDetails: { Result: '7' },
    });
    expect([...live.news]).toContain('i');
  });

  it.each([
    [262_144, { Status: 'SUCCEEDED', ChainedInvokeDetails: { Result: 'x'.repeat(262_144) } }],
    [
      262_145,
      {
        Status: 'FAILED',
        ChainedInvokeDetails: {
          Error: {
            ErrorType: 'result-too-large',
            ErrorMessage: 'The invoked execution returned 262145 bytes; the limit is 262144 bytes.',
          },
        },
      },
    ],
  ])('hands over as much as an operation may hold: %d bytes', async (bytes, told) => {
    const { invoke, write, transact, changes, store, live } = await held();
    const { token } = invoke();
    await write(token, child('i'));
    const { id } = store.find('known@1', '1/i') ?? { id: 0 };
    await transact(change => changes.end(change, id, { status: 'SUCCEEDED', result: 'x'.repeat(bytes) }));
    expect(live.state.entries.get('i')?.operation).toMatchObject(told);
  });

  it('says nothing to one that has called it off', async () => {
    const { invoke, write, transact, changes, store, live } = await held();
    const { token } = invoke();
    const { CheckpointToken } = await write(token, child('i'));
    await write(CheckpointToken, update('i', 'CHAINED_INVOKE', 'CANCEL'));
    const { id } = store.find('known@1', '1/i') ?? { id: 0 };
    await transact(change => changes.end(change, id, { status: 'SUCCEEDED', result: '7' }));
    expect(store.get(id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(live.state.entries.get('i')?.operation.Status).toBe('CANCELLED');
    expect([...live.news]).toEqual([]);
  });

  it('says nothing to one that has ended before it', async () => {
    const { invoke, write, transact, changes, store, live } = await held();
    const { token } = invoke();
    await write(token, child('i'));
    await write(live.invocation?.token, update('execution-result-1', 'EXECUTION', 'SUCCEED'));
    const { id } = store.find('known@1', '1/i') ?? { id: 0 };
    const before = store.journal(1).entries.length;
    await transact(change => changes.end(change, id, { status: 'SUCCEEDED', result: '7' }));
    expect(store.journal(1).entries).toHaveLength(before);
  });

  it('is no execution at all where the workflow is unknown: the invocation fails at once', async () => {
    const { invoke, write, store, woken } = await held();
    const { token } = invoke();
    const { NewExecutionState } = await write(token, child('i', 'gone@1'));
    expect(NewExecutionState?.Operations).toEqual([
      expect.objectContaining({
        Status: 'FAILED',
        ChainedInvokeDetails: {
          Error: { ErrorType: 'workflow-unknown', ErrorMessage: 'No workflow is called gone@1.' },
        },
      }),
    ]);
    expect(store.find('gone@1', '1/i')).toBeUndefined();
    expect(woken).toEqual([]);
  });
});

describe('a commit that fails', () => {
  it('gives the invocation up with its reason, and what memory held is read anew', async () => {
    const { invoke, transact, changes, live } = await held();
    const invocation = invoke();
    const broken = new Error('the disk broke');
    const failing = transact(change => {
      changes.end(change, 1, { status: 'SUCCEEDED' });
      throw broken;
    });
    await expect(failing).rejects.toBe(broken);
    await expect(invocation.givenUp).rejects.toBe(broken);
    expect(live.ended).toBe(false);
  });

  it('gives it up too where only an operation had changed', async () => {
    const { invoke, write, transact, changes, live, clock } = await held();
    const invocation = invoke();
    await write(invocation.token, update('w', 'WAIT', 'START', { WaitOptions: { WaitSeconds: 5 } }));
    clock.advance(5000);
    const broken = new Error('the disk broke');
    const failing = transact(change => {
      changes.record(change, 1, due(live.state, change.now), 'outside');
      throw broken;
    });
    await expect(failing).rejects.toBe(broken);
    await expect(invocation.givenUp).rejects.toBe(broken);
  });

  it('says what broke also before the first invocation', async () => {
    const { transact, changes } = await held();
    const broken = new Error('the disk broke');
    const failing = transact(change => {
      changes.end(change, 1, { status: 'SUCCEEDED' });
      throw broken;
    });
    await expect(failing).rejects.toBe(broken);
  });
});
