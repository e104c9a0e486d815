import {
  DurableExecutionApiClient,
  type DurableExecutionClient,
  DurableExecutionClientError,
  type DurableLambdaHandler,
  withDurableExecution,
} from '@aws/durable-execution-sdk-js';
import {
  DurableExecutionAlreadyStartedException,
  InvokeCommand,
  type LambdaClient,
  ListDurableExecutionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { canonicalJson } from '#lib/digest.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import type { ExecutionStatus, JsonObject, Starting, Workflow } from './durable.ts';
import { invocationLogger } from './logger.ts';
import { checkStart, nameTaken } from './start.ts';

/** What a durable function is invoked with: ids, and which of its workflows is meant. */
type Invoked = JsonObject & { readonly workflow: string };

/**
 * Starts workflows on Lambda durable functions. The name of an execution is all that makes starting idempotent there: the
 * same name and input is the same execution, and asking again is free. `functionOf` names the function with its alias
 * (`gangway-fulfil:live`), because an execution stays on the version it was started on, and only an alias pins one.
 */
export function lambdaDurable(it: {
  client: LambdaClient;
  functionOf: (workflow: string) => string;
}): Starting {
  const { client, functionOf } = it;
  return {
    async start(workflow, name, input) {
      const payload = canonicalJson({ ...input, workflow });
      checkStart(workflow, name, payload);
      const invoke = new InvokeCommand({
        FunctionName: functionOf(workflow),
        InvocationType: 'Event',
        DurableExecutionName: name,
        Payload: Buffer.from(payload),
      });
      try {
        await client.send(invoke);
        return 'started';
      } catch (error) {
        if (error instanceof DurableExecutionAlreadyStartedException) throw nameTaken(workflow, name);
        throw unavailable(error);
      }
    },
    async describe(workflow, name) {
      const [FunctionName = '', Qualifier] = functionOf(workflow).split(':');
      const list = new ListDurableExecutionsByFunctionCommand({
        FunctionName,
        DurableExecutionName: name,
        ...(Qualifier && { MaxItems: 10 }),
      });
      const { DurableExecutions = [] } = await client.send(list).catch((error: unknown) => {
        throw unavailable(error);
      });
      const found = DurableExecutions.find(each => each.DurableExecutionName === name);
      return found ? { status: statusOf(found.Status) } : null;
    },
  };
}

/** A sleeping execution is RUNNING there as well; the rest is in the same words, but for one that ran out of time. */
const statusOf = (status: string | undefined): ExecutionStatus =>
  status === 'RUNNING' ? 'ACTIVE' : status === 'TIMED_OUT' ? 'FAILED' : (status as ExecutionStatus);

/** The handler of a durable function: the very workflows that the embedded engine runs, each by its name and version. */
export function durableHandler(it: {
  workflows: Readonly<Record<string, Workflow>>;
  client: LambdaClient;
  log: Log;
}): DurableLambdaHandler {
  return withDurableExecution(
    async ({ workflow: name, ...input }: Invoked, run) => {
      const workflow = Object.hasOwn(it.workflows, name) ? it.workflows[name] : undefined;
      if (!workflow) throw new Error(`this function has no workflow ${name}`);
      run.configureLogger({ customLogger: invocationLogger(it.log, { workflow: name, execution: '' }) });
      return workflow(input as never, run);
    },
    { durableExecutionClient: staleTokenEndsTheInvocation(new DurableExecutionApiClient(it.client)) },
  );
}

/**
 * SDK 2.4.0 looks for “Invalid Checkpoint Token” where the service says “Invalid checkpoint token”, and so fails a whole
 * execution whose invocation was merely overtaken by a newer one (aws-durable-execution-sdk-js#917, mended upstream after
 * 2.4.0). Every other error goes on as it is.
 */
export function staleTokenEndsTheInvocation(client: DurableExecutionClient): DurableExecutionClient {
  const mended = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      if (!/^invalid checkpoint token/i.test((error as Error).message)) throw error;
      throw new DurableExecutionClientError((error as Error).message, { scope: 'INVOCATION', cause: error });
    }
  };
  return {
    getExecutionState: (...asked) => mended(() => client.getExecutionState(...asked)),
    checkpoint: (...asked) => mended(() => client.checkpoint(...asked)),
  };
}

const unavailable = (cause: unknown) =>
  new Unavailable('lambda-unavailable', `Lambda did not answer: ${(cause as Error).name}.`, { cause });
