import {
  DurableExecutionApiClient,
  type DurableExecutionClient,
  DurableExecutionClientError,
  type DurableLambdaHandler,
  withDurableExecution,
} from '@aws/durable-execution-sdk-js';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Log } from '#platform/log.ts';
import type { JsonObject, Workflow } from './durable.ts';
import { invocationLogger } from './logger.ts';

/** What a durable function is invoked with: ids, and which of its workflows is meant. */
type Invoked = JsonObject & { readonly workflow: string };

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
