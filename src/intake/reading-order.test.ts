import { expect, it } from 'vitest';
import type { DeliveryId } from './inbox.ts';
import { readingOrder } from './reading-order.ts';

const ids = (count: number) => Array.from({ length: count }, (_, n) => `dlv_${n}` as DeliveryId);
const turns = async (many: number) => {
  for (let n = 0; n < many; n++) await new Promise(resolve => setImmediate(resolve));
};

it('reads what came in when the last who stood at a door has an answer', async () => {
  const told: string[] = [];
  const order = readingOrder(async id => void told.push(id));
  const { promise: answer, resolve } = Promise.withResolvers<void>();
  const first = order.answering(() => answer);
  const second = order.answering(async () => void told.push('answered at once'));
  const read = order.inTurn('dlv_1' as DeliveryId);
  await Promise.all([second, turns(3)]);
  expect(told).toEqual(['answered at once']);
  resolve();
  await Promise.all([first, read]);
  expect(told).toEqual(['answered at once', 'dlv_1']);
});

it('reads all the same when somebody always stands at a door', async () => {
  const read: string[] = [];
  const order = readingOrder(async id => void read.push(id));
  void order.answering(() => new Promise(() => {}));
  await Promise.all(ids(20).map(order.inTurn));
  expect(read).toEqual(ids(20));
});

it('reads in the order in which messages came in, a few at a time, and goes on where one cannot be read', async () => {
  const begun: string[] = [];
  let under = 0;
  let most = 0;
  const order = readingOrder(async id => {
    begun.push(id);
    most = Math.max(most, ++under);
    await turns(2);
    under--;
    if (id === 'dlv_3') throw new Error('cannot be read');
  });
  const ends = await Promise.allSettled(ids(30).map(order.inTurn));
  expect(begun).toEqual(ids(30));
  expect(most).toBe(4);
  expect(ends.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([3]);
});

it('has an answer that failed stand in nobody’s way', async () => {
  const order = readingOrder(async id => id);
  await expect(order.answering(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await order.inTurn('dlv_1' as DeliveryId)).toBe('dlv_1');
});
