import type { DurableLambdaHandler } from '@aws/durable-execution-sdk-js';
import type { Afterwards } from './afterwards.ts';

/** One invocation of a workflow, with what its steps have set going. */
export const executing =
  (handler: DurableLambdaHandler, after: Afterwards) =>
  async (...[event, context]: Parameters<DurableLambdaHandler>) => {
    try {
      return await handler(event, context);
    } finally {
      await after.done();
    }
  };
