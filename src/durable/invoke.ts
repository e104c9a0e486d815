import {
  type DurableExecutionInvocationOutput,
  type DurableLambdaHandler,
  InvocationStatus,
} from '@aws/durable-execution-sdk-js';
import { type Clock, isoInstant } from '#lib/clock.ts';
import type { Log } from '#platform/log.ts';
import { pageSize } from './client.ts';
import { beginInvocation, type Invocation, type Live } from './invocation.ts';
import { prune, ready } from './state.ts';

/** How an invocation went. `ended`: its execution was ended meanwhile, so nobody wants to know. */
export type Outcome =
  | {
      readonly kind: 'answered';
      readonly output: DurableExecutionInvocationOutput;
      /** The retries that were ready when it began. */
      readonly readyBefore: readonly string[];
    }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'ended' };

export type Invoker = ReturnType<typeof createInvoker>;

/** Calls workflow functions, each call within a deadline, after which it is fenced off. */
export function createInvoker({
  handlers,
  clock,
  log,
  deadlineMs,
}: {
  readonly handlers: ReadonlyMap<string, DurableLambdaHandler>;
  readonly clock: Clock;
  readonly log: Log;
  readonly deadlineMs: number;
}) {
  let invocations = 0;

  async function call(invocation: Invocation, news: string[]): Promise<DurableExecutionInvocationOutput> {
    const { id, workflow, name } = invocation.live.execution;
    const handler = handlers.get(workflow);
    if (!handler) throw new Error(`No workflow is called ${workflow}.`);
    const { shown } = invocation;
    const event = {
      DurableExecutionArn: `arn:local:durable:${workflow}/${name}/${id}`,
      CheckpointToken: invocation.token ?? '',
      UpdatedOperationIds: news,
      InitialExecutionState: {
        Operations: shown.slice(0, pageSize),
        ...(shown.length > pageSize && { NextMarker: String(pageSize) }),
      },
    };
    return handler(event, invocation as unknown as Parameters<DurableLambdaHandler>[1]);
  }

  return {
    count: () => invocations,

    /** Runs the workflow function once. Resolves when it has answered or failed and, if it may run again, none of its steps is under way. */
    async invoke(live: Live): Promise<Outcome> {
      const readyBefore = ready(live.state);
      const news = [...live.news];
      live.news.clear();
      const endsAt = clock.now() + deadlineMs;
      const invocation = beginInvocation(live, {
        awsRequestId: `${live.execution.id}-${++invocations}`,
        remainingMs: () => endsAt - clock.now(),
        shown: [executionOperation(live), ...prune(live.state)],
        log,
      });
      const deadline = Promise.withResolvers<void>();
      const cancel = clock.after(deadlineMs, () => {
        invocation.giveUp(new Error(`The invocation took longer than ${deadlineMs} ms.`));
        deadline.resolve();
      });
      const outcome = await Promise.race([call(invocation, news), invocation.givenUp]).then(
        (output): Outcome => ({ kind: 'answered', output, readyBefore }),
        (error: unknown): Outcome => ({ kind: 'failed', error }),
      );
      invocation.end();
      const over =
        live.ended || (outcome.kind === 'answered' && outcome.output.Status !== InvocationStatus.PENDING);
      // A step still under way would otherwise run beside its own repetition.
      if (!over) await Promise.race([invocation.bodiesEnded(), deadline.promise]);
      cancel();
      return live.ended ? { kind: 'ended' } : outcome;
    },
  };
}

/** The operation that stands for the execution itself; the SDK reads the input from whatever comes first. */
const executionOperation = ({ execution }: Live) => ({
  Id: `execution-${execution.id}`,
  Type: 'EXECUTION' as const,
  Status: 'STARTED' as const,
  StartTimestamp: isoInstant(execution.startedAt),
  ExecutionDetails: { InputPayload: execution.input },
});
