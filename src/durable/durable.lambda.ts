import {
  DurableExecutionAlreadyStartedException,
  InvokeCommand,
  type LambdaClient,
  ListDurableExecutionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { canonicalJson } from '#lib/digest.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { ExecutionStatus, Starting } from './durable.ts';
import { checkStart, nameTaken } from './start.ts';

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

const unavailable = (cause: unknown) =>
  new Unavailable('lambda-unavailable', `Lambda did not answer: ${(cause as Error).name}.`, { cause });
