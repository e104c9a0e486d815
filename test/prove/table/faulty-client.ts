import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '#lib/clock.ts';
import type { Dice } from '../sim/dice.ts';
import { cancelled, type MemoryDynamo, serviceError } from './memory-dynamo.ts';

/** What may happen to an operation on its way to the table and back. */
export const faultKinds = [
  'throttled',
  'lost before it was done',
  'answer lost after it was done',
  'done twice',
  'cancelled by a conflict',
  'broke inside',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What comes out of a client: what it sends, and how often each fault was met. */
export type FaultyClient = {
  readonly client: DynamoDBDocumentClient;
  readonly met: Record<FaultKind, number>;
  operations: number;
  /** From then on nothing goes wrong any more. */
  heal(): void;
};

/** The client of AWS tries that often, under the same token. */
const attempts = 3;

/**
 * A client to whose operations faults happen, as AWS's own is one: it makes up a token for each transaction and tries again
 * what was throttled or lost. Operations of several actors mix, because each takes a few turns.
 */
export function faultyClient(dynamo: MemoryDynamo, dice: Dice, rate: number): FaultyClient {
  const met = Object.fromEntries(faultKinds.map(kind => [kind, 0])) as Record<FaultKind, number>;
  let token = 0;
  let isHealed = false;
  /** Copies of requests that are still somewhere in the net. */
  const late: (() => void)[] = [];

  const meet = (kind: FaultKind) => {
    met[kind]++;
    return kind;
  };
  const fault = (isWrite: boolean): FaultKind | null => {
    if (isHealed || !dice.chance(rate)) return null;
    return meet(
      dice.weighed<FaultKind>({
        throttled: 3,
        'lost before it was done': 2,
        'answer lost after it was done': isWrite ? 3 : 0,
        'done twice': isWrite ? 2 : 0,
        'cancelled by a conflict': isWrite ? 2 : 0,
        'broke inside': 1,
      }),
    );
  };

  const once = (command: unknown, mine: string): unknown => {
    const isWrite = command instanceof TransactWriteCommand;
    switch (fault(isWrite)) {
      case 'throttled':
        throw serviceError('ThrottlingException');
      case 'lost before it was done':
        throw serviceError('TimeoutError');
      case 'answer lost after it was done':
        dynamo.handle(command, mine);
        throw serviceError('TimeoutError');
      case 'broke inside':
        if (isWrite && dice.chance(0.5)) dynamo.handle(command, mine);
        throw serviceError('InternalServerError');
      case 'cancelled by a conflict':
        throw cancelled([{ Code: 'TransactionConflict' }]);
      case 'done twice':
        late.push(() => dynamo.handle(command, mine));
    }
    return dynamo.handle(command, mine);
  };

  const faulty: FaultyClient = {
    met,
    operations: 0,
    heal: () => {
      isHealed = true;
    },
    client: {
      async send(command: unknown) {
        const mine = `t${token++}`;
        for (let attempt = 1; ; attempt++) {
          faulty.operations++;
          await turns(dice.below(4));
          while (late.length > 0 && dice.chance(0.3)) quietly(late.shift());
          try {
            const answer = once(command, mine);
            await turns(dice.below(3));
            return answer;
          } catch (error) {
            const isFinal = (error as Error).name === 'TransactionCanceledException' || attempt === attempts;
            if (isFinal) throw error;
          }
        }
      },
    } as unknown as DynamoDBDocumentClient,
  };
  return faulty;
}

const quietly = (work: (() => void) | undefined) => {
  try {
    work?.();
  } catch {
    // Nobody waits for the answer of a copy.
  }
};

export async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await new Promise(resolve => setImmediate(resolve));
}

/** Time that passes only where somebody waits for it. */
export function hurriedClock(start: string): Clock {
  let now = Date.parse(start);
  return {
    now: () => now,
    after(ms, work) {
      let isOff = false;
      setImmediate(() => {
        if (isOff) return;
        now += Math.ceil(ms);
        work();
      });
      return () => {
        isOff = true;
      };
    },
  };
}
