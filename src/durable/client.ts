import {
  type DurableExecutionClient,
  DurableExecutionClientError,
  type OperationUpdate,
} from '@aws/durable-execution-sdk-js';
import type { Clock } from '#lib/clock.ts';
import type { Transact } from './changes.ts';
import { type Checkpoints, StaleToken } from './checkpoint.ts';
import type { Invocation, Live } from './invocation.ts';
import { IllegalUpdate } from './machine.ts';
import { due } from './state.ts';

/** How many operations one page of an execution's state holds, in the first answer and in every further one. */
export const pageSize = 1000;

/**
 * The transport that the SDK writes through. A checkpoint is on disk when it resolves. A stale token ends only the invocation
 * that holds it, and so does trouble with the disk; an update that the protocol forbids ends the execution.
 */
export function createClient({
  lives,
  checkpoints,
  transact,
  clock,
  stepsMayRerun,
}: {
  readonly lives: ReadonlyMap<number, Live>;
  readonly checkpoints: Checkpoints;
  readonly transact: Transact;
  readonly clock: Clock;
  /** After a power failure the last steps may run again: their checkpoints need no fsync of their own. */
  readonly stepsMayRerun: boolean;
}): DurableExecutionClient & { readonly calls: () => number } {
  let calls = 0;

  function holder(arn: string | undefined, token: string | undefined): Invocation & { token: string } {
    const invocation = lives.get(Number(arn?.slice(arn.lastIndexOf('/') + 1)))?.invocation;
    if (!invocation?.token || invocation.token !== token) {
      throw scoped('INVOCATION', new StaleToken('Invalid checkpoint token'));
    }
    return invocation as Invocation & { token: string };
  }

  return {
    calls: () => calls,

    async getExecutionState({ DurableExecutionArn, CheckpointToken, Marker, MaxItems }) {
      const { shown } = holder(DurableExecutionArn, CheckpointToken);
      const from = Number(Marker ?? 0);
      const to = from + Math.min(MaxItems ?? pageSize, pageSize);
      return {
        Operations: shown.slice(from, to),
        ...(to < shown.length && { NextMarker: String(to) }),
      };
    },

    async checkpoint({ DurableExecutionArn, CheckpointToken, Updates = [] }) {
      const invocation = holder(DurableExecutionArn, CheckpointToken);
      const { token, live } = invocation;
      calls++;
      const isQuiet = live.news.size === 0 && due(live.state, clock.now()).length === 0;
      // Most polls bring nothing, and nothing is worth no disk write.
      if (Updates.length === 0 && isQuiet) {
        return { CheckpointToken: invocation.rotate(), NewExecutionState: { Operations: [] } };
      }
      try {
        if (stepsMayRerun && isQuiet && Updates.every(isBeginning)) {
          const Operations = checkpoints.noteBegun(invocation, Updates, clock.now());
          return { CheckpointToken: invocation.token, NewExecutionState: { Operations } };
        }
        const Operations = await transact(
          change => checkpoints.checkpoint(change, invocation, token, Updates),
          stepsMayRerun && Updates.every(isStepOrBranch) ? 'soon' : 'durable',
        );
        return {
          ...(invocation.token !== null && { CheckpointToken: invocation.token }),
          NewExecutionState: { Operations },
        };
      } catch (error) {
        if (error instanceof IllegalUpdate) throw scoped('EXECUTION', error);
        // The SDK may be waiting for this very answer and never look at the error, so the invocation ends here and now.
        if (!(error instanceof StaleToken)) invocation.giveUp(error);
        throw scoped('INVOCATION', error);
      }
    },
  };
}

/** What running again would make once more; waits, callbacks and invoked executions are known outside and are not. */
const isStepOrBranch = ({ Type }: OperationUpdate) => Type === 'STEP' || Type === 'CONTEXT';

/** Worth no commit where steps may run again. */
const isBeginning = ({ Type, Action }: OperationUpdate) => Type === 'STEP' && Action === 'START';

const scoped = (scope: 'INVOCATION' | 'EXECUTION', cause: unknown) =>
  new DurableExecutionClientError(cause instanceof Error ? cause.message : String(cause), { scope, cause });
