import { type DurableExecutionInvocationOutput, InvocationStatus } from '@aws/durable-execution-sdk-js';
import { describe, expect, it } from 'vitest';
import { openSqlite } from '#platform/sqlite.ts';
import type { Run } from './durable.ts';
import { engineWorld, gate } from './engine-world.ts';

/** An engine whose workflows run elsewhere and answer what the test says. */
const answering = (answer: () => Promise<DurableExecutionInvocationOutput>) =>
  engineWorld({ 'work@1': async () => null }, { runElsewhere: () => () => answer });

/** The same with an answer that is at hand. */
const answeredAtOnce = async (output: DurableExecutionInvocationOutput) => {
  const world = answering(async () => output);
  await world.engine.start('work@1', 'a', {});
  await world.engine.idle();
  return { ...world, execution: await world.engine.describe('work@1', 'a') };
};

it('an invocation is told what it runs, all of it on the first page, and how long it has', async () => {
  const told: unknown[] = [];
  const { engine, clock } = engineWorld(
    { 'work@1': async () => null },
    {
      runElsewhere: () => () => async (event, context) => {
        told.push(event, context.getRemainingTimeInMillis());
        clock.advance(1000);
        told.push(context.getRemainingTimeInMillis());
        return { Status: InvocationStatus.SUCCEEDED };
      },
    },
  );
  await engine.start('work@1', 'a', { n: 1 });
  await engine.idle();
  const execution = {
    Id: 'execution-1',
    Type: 'EXECUTION',
    Status: 'STARTED',
    StartTimestamp: '2026-05-30T15:30:00.000Z',
    ExecutionDetails: { InputPayload: '{"n":1}' },
  };
  expect(told).toStrictEqual([
    {
      DurableExecutionArn: 'arn:local:durable:work@1/a/1',
      CheckpointToken: '1-1.0',
      UpdatedOperationIds: [],
      InitialExecutionState: { Operations: [execution] },
    },
    900_000,
    899_000,
  ]);
});

describe('an invocation that answers', () => {
  it('nothing but success has returned nothing', async () => {
    const { execution, lines } = await answeredAtOnce({ Status: InvocationStatus.SUCCEEDED });
    expect(execution).toMatchObject({ status: 'SUCCEEDED', result: null, error: null });
    expect(lines).toEqual([]);
  });

  it('that it waits, for nothing that could ever come, has failed, and the log says so', async () => {
    const { execution, lines } = await answeredAtOnce({ Status: InvocationStatus.PENDING });
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: { type: 'Error', message: 'Cannot return PENDING status with no pending operations.' },
    });
    expect(lines).toEqual([
      {
        level: 'error',
        what: 'execution failed',
        fields: { workflow: 'work@1', execution: 'a', code: 'stuck' },
      },
    ]);
  });

  it('with an error of no name and no words has failed all the same', async () => {
    const { execution, lines } = await answeredAtOnce({ Status: InvocationStatus.FAILED, Error: {} });
    expect(execution).toMatchObject({ status: 'FAILED', error: { type: 'Error', message: '' } });
    expect(lines.map(({ fields }) => fields.code)).toEqual(['Error']);
  });

  it('with an error too large to keep has failed with its name and the beginning of its words', async () => {
    const large = { ErrorType: 'Large', ErrorMessage: 'what happened', ErrorData: 'x'.repeat(40_000) };
    const { execution, lines } = await answeredAtOnce({ Status: InvocationStatus.FAILED, Error: large });
    expect(execution?.error).toEqual({ type: 'Large', message: 'what happened …' });
    expect(lines.map(({ fields }) => fields.code)).toEqual(['Large']);
  });

  it('with an error as large as may be kept has failed with all of it', async () => {
    const most = {
      ErrorType: 'Large',
      ErrorData: 'x'.repeat(32 * 1024 - '{"ErrorType":"Large","ErrorData":""}'.length),
    };
    const { execution } = await answeredAtOnce({ Status: InvocationStatus.FAILED, Error: most });
    expect(execution?.error?.data).toBe(most.ErrorData);
  });

  it('with an error of endless names has failed with the beginning of them', async () => {
    const large = { ErrorType: 'L'.repeat(40_000), ErrorMessage: 'm'.repeat(40_000) };
    const { execution } = await answeredAtOnce({ Status: InvocationStatus.FAILED, Error: large });
    expect(execution?.error).toEqual({ type: 'L'.repeat(256), message: `${'m'.repeat(4000)} …` });
  });

  it('with an error that is large by its data alone has failed with what is left', async () => {
    const data = { ErrorData: 'x'.repeat(40_000) };
    const { execution } = await answeredAtOnce({ Status: InvocationStatus.FAILED, Error: data });
    expect(execution?.error).toEqual({ type: 'Error', message: ' …' });
  });
});

describe('closing', () => {
  it('leaves no timer behind: not of what rests after a failure, nor of what sleeps', async () => {
    const { engine, clock } = engineWorld({
      'bad@1': async (_: object, run: Run) => run.step('cannot be stored', async () => 1n),
      'sleep@1': async (_: object, run: Run) => run.wait({ hours: 1 }),
    });
    await engine.start('bad@1', 'a', {});
    await engine.start('sleep@1', 'a', {});
    await engine.idle();
    expect(clock.nextDue()).not.toBeNull();
    await engine.close();
    expect(clock.nextDue()).toBeNull();
  });

  it('counts no failure of what ran meanwhile: the next process goes on with it', async () => {
    const fails = gate();
    const begun = gate();
    const { engine, clock, lines, reopen } = answering(async () => {
      begun.resolve();
      await fails.promise;
      throw new Error('cut off');
    });
    await engine.start('work@1', 'a', {});
    await begun.promise;
    const closed = engine.close();
    fails.resolve();
    await closed;
    expect(lines).toEqual([]);
    expect(clock.nextDue()).toBeNull();
    expect(await engine.describe('work@1', 'a')).toMatchObject({ status: 'ACTIVE' });
    const next = reopen({ 'work@1': async () => 'done' });
    await next.idle();
    expect(next.stats()).toMatchObject({ failedInvocations: 1 });
  });
});

it.each([1, 2])('an answer is heard that comes with commit %d after its id was handed out', async nth => {
  let commits = 0;
  let id = '';
  const answers: Promise<void>[] = [];
  const db = openSqlite(':memory:');
  const { engine } = engineWorld(
    {
      'ask@1': (_: object, run: Run) =>
        run.waitForCallback('approval', async given => {
          id = given;
        }),
    },
    {
      db: {
        ...db,
        write(work) {
          const done = db.write(work);
          if (id !== '' && ++commits === nth) answers.push(engine.completeCallback(id, 'yes'));
          return done;
        },
      },
    },
  );
  await engine.start('ask@1', 'a', {});
  await engine.idle();
  expect(answers).toHaveLength(1);
  await Promise.all(answers);
  await engine.idle();
  expect(await engine.describe('ask@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: 'yes' });
});

it('branches with and without names run as they were written', async () => {
  const { engine } = engineWorld({
    'both@1': async (_: object, run: Run) => {
      const batch = await run.parallel('both', [
        { name: 'left', func: async child => child.step('l', async () => 'left') },
        async child => child.step('r', async () => 'right'),
      ]);
      const each = await run.map('each', [1, 2], async (child, n) => child.step(`n${n}`, async () => n));
      const inner = await run.runInChildContext('inner', async child => child.step('i', async () => 'in'));
      return [...batch.getResults(), ...each.getResults(), inner];
    },
  });
  await engine.start('both@1', 'a', {});
  await engine.idle();
  expect(await engine.describe('both@1', 'a')).toMatchObject({ result: ['left', 'right', 1, 2, 'in'] });
});

describe('what a workflow says', () => {
  it('reaches the log under its execution, words or not', async () => {
    const { engine, lines } = engineWorld({
      'say@1': async (_: object, run: Run) => {
        run.logger.debug('nobody hears this');
        run.logger.info('words', { booking: 'b1' });
        run.logger.warn({ booking: 'b2' });
        run.logger.error(new Error('broken'));
        run.logger.warn('no fields', 7);
        await run.step('inside', async ({ logger }) => logger.info('at work', new Error('in a step')));
      },
    });
    await engine.start('say@1', 'a', {});
    await engine.idle();
    const own = { workflow: 'say@1', execution: 'a' };
    expect(lines).toStrictEqual([
      { level: 'info', what: 'words', fields: { ...own, booking: 'b1' } },
      { level: 'warn', what: 'workflow says', fields: { ...own, booking: 'b2' } },
      { level: 'error', what: 'workflow says', fields: { ...own, error: new Error('broken') } },
      { level: 'warn', what: 'no fields', fields: own },
      {
        level: 'info',
        what: 'at work',
        fields: { ...own, error: new Error('in a step'), step: 'inside', attempt: 1 },
      },
    ]);
  });
});
