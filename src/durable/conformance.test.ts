import {
  type DurableContext,
  type ErrorObject,
  type Operation as SdkOperation,
  withDurableExecution,
} from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner, WaitingOperationStatus } from '@aws/durable-execution-sdk-js-testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Durable, Operation, Run, Workflow } from './durable.ts';
import { engineWorld } from './engine-world.ts';
import { type Scenario, scenarios } from './scenarios.ts';

type Told = {
  readonly status: string;
  readonly result: unknown;
  readonly error: unknown;
  readonly operations: readonly object[];
};

const error = (object: ErrorObject | undefined) =>
  object ? { type: object.ErrorType ?? 'Error', message: object.ErrorMessage ?? '' } : null;

/** What both sides must agree on. Callback ids and instants are each side's own. */
const comparable = ({ id, parent, type, subType, name, status, attempts, result, error }: Operation) => ({
  id,
  parent,
  type,
  subType,
  name,
  status,
  attempts,
  result,
  error: error && { type: error.type, message: error.message },
});

function comparableSdk(operation: SdkOperation) {
  const details =
    operation.StepDetails ??
    operation.ContextDetails ??
    operation.CallbackDetails ??
    operation.ChainedInvokeDetails;
  return {
    id: operation.Id,
    parent: operation.ParentId ?? null,
    type: operation.Type,
    subType: operation.SubType ?? null,
    name: operation.Name ?? null,
    status: operation.Status,
    attempts: operation.StepDetails?.Attempt ?? 0,
    result: details?.Result ?? null,
    error: error(details?.Error),
  };
}

const handlerOf = (workflow: Workflow) =>
  withDurableExecution((input: unknown, context: DurableContext) => {
    const quiet = { info() {}, warn() {}, error() {}, debug() {} };
    context.configureLogger({ customLogger: quiet });
    return workflow(input as never, context);
  });

async function onTheOfficialRunner({ workflow, others, answers, input }: Scenario): Promise<Told> {
  const runner = new LocalDurableTestRunner({ handlerFunction: handlerOf(workflow) });
  for (const [name, other] of Object.entries(others ?? {})) {
    runner.registerDurableFunction(name, handlerOf(other));
  }
  const running = runner.run({ payload: input ?? {} });
  for (const { to, bare, result, failure } of answers ?? []) {
    const until = bare ? WaitingOperationStatus.STARTED : WaitingOperationStatus.SUBMITTED;
    const operation = await runner.getOperation(to).waitForData(until);
    if (failure === undefined) await operation.sendCallbackSuccess(result);
    else await operation.sendCallbackFailure({ ErrorType: 'Refused', ErrorMessage: failure });
  }
  const execution = await running;
  const status = execution.getStatus() ?? '';
  const failed = status === 'FAILED' ? execution.getError() : null;
  return {
    status,
    result: failed ? null : (execution.getResult() ?? null),
    error: failed && { type: failed.errorType, message: failed.errorMessage },
    operations: execution
      .getOperations()
      .map(operation => comparableSdk(operation.getOperationData() as SdkOperation)),
  };
}

async function onOurEngine({ workflow, others, answers, input }: Scenario): Promise<Told> {
  const asked = new Map<string, string>();
  const { engine, clock, db } = engineWorld({
    'main@1': (given: never, run: Run) => workflow(given, listening(run, asked)),
    ...others,
  });
  await engine.start('main@1', 'scenario', input ?? {});
  await engine.idle();
  for (const { to, result, failure } of answers ?? []) {
    const id = asked.get(to) ?? '';
    if (failure === undefined) await engine.completeCallback(id, result ?? '');
    else await engine.failCallback(id, { type: 'Refused', message: failure });
    await engine.idle();
  }
  for (let due = clock.nextDue(); (await isWaiting(engine)) && due !== null; due = clock.nextDue()) {
    clock.set(due);
    await engine.idle();
  }
  const execution = await engine.describe('main@1', 'scenario');
  const operations = await engine.history('main@1', 'scenario');
  await engine.close();
  db.close();
  return {
    status: execution?.status ?? '',
    result: execution?.result ?? null,
    error: execution?.error && { type: execution.error.type, message: execution.error.message },
    operations: operations.map(comparable),
  };
}

const isWaiting = async (engine: Durable) =>
  (await engine.describe('main@1', 'scenario'))?.status === 'WAITING';

/** Overhears the callback ids a workflow hands out at its top, by the name it asks for them. */
function listening(run: Run, asked: Map<string, string>): Run {
  const own = run.waitForCallback.bind(run) as (...args: unknown[]) => ReturnType<Run['waitForCallback']>;
  const create = run.createCallback.bind(run) as (...args: unknown[]) => ReturnType<Run['createCallback']>;
  const wrapped = {
    waitForCallback: (name: string, submit: (id: string) => Promise<void>, config: unknown) =>
      own(
        name,
        async (id: string) => {
          asked.set(name, id);
          await submit(id);
        },
        config,
      ),
    createCallback: async (name: string, config: unknown) => {
      const created = await create(name, config);
      asked.set(name, created[1]);
      return created;
    },
  };
  return new Proxy(run, {
    get: (target, key) => Reflect.get(key in wrapped ? wrapped : target, key) as unknown,
  });
}

describe("AWS's own local runner and our engine tell the same story of", () => {
  const official = new Map<string, Told>();

  // First all of theirs: the runner replaces the clock and the timers of the whole process while it is set up.
  beforeAll(async () => {
    await LocalDurableTestRunner.setupTestEnvironment({ skipTime: true });
    for (const scenario of scenarios) official.set(scenario.title, await onTheOfficialRunner(scenario));
    await LocalDurableTestRunner.teardownTestEnvironment();
  }, 120_000);

  it.each(scenarios)('$title', async scenario => {
    expect(await onOurEngine(scenario)).toEqual(official.get(scenario.title));
  });
});
