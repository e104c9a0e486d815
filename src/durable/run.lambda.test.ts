import {
  type DurableExecutionClient,
  type DurableExecutionClientError,
  isDurableExecutionClientError,
} from '@aws/durable-execution-sdk-js';
import { describe, expect, it } from 'vitest';
import { staleTokenEndsTheInvocation } from './run.lambda.ts';

const answering = (message: string): DurableExecutionClient => {
  const fail = () => Promise.reject(new Error(message));
  return staleTokenEndsTheInvocation({ checkpoint: fail, getExecutionState: fail });
};

describe('a checkpoint that comes too late', () => {
  it.each(['Invalid checkpoint token', 'Invalid Checkpoint Token: overtaken'])(
    'ends its invocation and never the execution, however the service spells it: %s',
    async message => {
      const client = answering(message);
      for (const call of [client.checkpoint({} as never), client.getExecutionState({} as never)]) {
        const error = await call.catch((thrown: unknown) => thrown);
        expect(isDurableExecutionClientError(error)).toBe(true);
        expect((error as DurableExecutionClientError).scope).toBe('INVOCATION');
      }
    },
  );

  it('is told apart from every other refusal, which goes on as it is', async () => {
    const error = await answering('The execution has ended')
      .checkpoint({} as never)
      .catch(thrown => thrown);
    expect(isDurableExecutionClientError(error)).toBe(false);
    expect(error).toMatchObject({ message: 'The execution has ended' });
  });
});
