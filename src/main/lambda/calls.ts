import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { lambdaDurable } from '#durable/durable.lambda.ts';
import type { Starting } from '#durable/durable.ts';
import type { BooksDoor } from '#fulfilment/fulfilment-parts.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Leaks } from '#platform/egress.ts';
import { lambdaLeaks } from '#platform/leaks.lambda.ts';
import type { FunctionName } from './function-parts.ts';
import { deployedName, liveAlias, type Means } from './means.ts';

/** What is asked of `open-books`: the one thing that crosses the money fence from this side, and it is an id. */
export type BooksAsked = { readonly ask: keyof BooksDoor; readonly booking: string };

/** What one function asks of another, loaded when the first is asked. */
export function callsOf(means: Means) {
  const client = new LambdaClient({});
  const starting: Starting = lambdaDurable({
    client,
    functionOf: workflow =>
      `${deployedName(means, workflow.startsWith('keep-books@') ? 'books' : 'fulfil')}:${liveAlias}`,
  });
  const leaks: Leaks = lambdaLeaks({
    client,
    functionName: deployedName(means, 'leaks'),
    clock: means.clock,
  });
  return {
    ...starting,
    leaks,
    async handOver(to: FunctionName, payload: object, wait: Wait): Promise<void> {
      const invoke = new InvokeCommand({
        FunctionName: deployedName(means, to),
        InvocationType: wait === 'until it is done' ? 'RequestResponse' : 'Event',
        Payload: Buffer.from(JSON.stringify(payload)),
      });
      const { FunctionError } = await client.send(invoke).catch((cause: Error) => {
        throw new Unavailable('lambda-unavailable', `Lambda did not take it: ${cause.name}.`, { cause });
      });
      if (FunctionError) throw new Unavailable('lambda-unavailable', `The function ${to} broke.`);
    },
  };
}

export type Calls = ReturnType<typeof callsOf>;

/**
 * Left with Lambda, work is kept and tried three times, and something else has to find what was lost even so; waited for, it
 * is done when the call resolves, or the call throws Unavailable `lambda-unavailable`.
 */
type Wait = 'until it is done' | 'until Lambda has it';
