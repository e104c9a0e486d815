import { setImmediate as turn } from 'node:timers/promises';
import type { DeliveryId } from './inbox.ts';

/** So many deliveries are read at a time: enough to share commits. */
const atATime = 4;
/** For so many turns of the event loop a delivery lets those at the doors go first: it is read even when they never end. */
const patience = 32;

/** In which order things are done while messages come in: answers before what follows from them. */
export type ReadingOrder = {
  /** Around the answer to a sender. A marketplace gives up after seconds and sends again; a delivery that is kept waits well. */
  answering<T>(answer: () => Promise<T>): Promise<T>;
  /** Reads a delivery in its turn: in the order they came in, when nobody waits for an answer. Resolves when it was read. */
  inTurn(id: DeliveryId): Promise<unknown>;
};

export function readingOrder(read: (id: DeliveryId) => Promise<unknown>): ReadingOrder {
  let atDoors = 0;
  let readers = 0;
  const waiting: (() => void)[] = [];

  const myTurn = async () => {
    if (readers >= atATime) return new Promise<void>(resolve => waiting.push(resolve));
    readers++;
  };
  const nextTurn = () => {
    const next = waiting.shift();
    if (next) next();
    else readers--;
  };

  return {
    async answering(answer) {
      atDoors++;
      try {
        return await answer();
      } finally {
        atDoors--;
      }
    },
    async inTurn(id) {
      await myTurn();
      try {
        for (let turns = 0; atDoors > 0 && turns < patience; turns++) await turn();
        return await read(id);
      } finally {
        nextTurn();
      }
    },
  };
}
