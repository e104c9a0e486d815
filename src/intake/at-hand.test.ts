import { expect, it } from 'vitest';
import type { BookingId } from '#booking/booking.ts';
import { type AtHand, atHand } from './at-hand.ts';
import type { Delivery, DeliveryId } from './inbox.ts';

const [first, second] = ['dlv_1', 'dlv_2'] as DeliveryId[] as [DeliveryId, DeliveryId];
const [booking, other] = ['bkg_1', 'bkg_2'] as BookingId[] as [BookingId, BookingId];

/** Deliveries that are read until the test says so. */
function reading() {
  const begun: DeliveryId[] = [];
  const ends = new Map<DeliveryId, (delivery: Delivery | null) => void>();
  const hand: AtHand = atHand(id => {
    begun.push(id);
    return new Promise(resolve => ends.set(id, resolve));
  });
  const end = async (id: DeliveryId) => {
    ends.get(id)?.(null);
    await hand.done(id);
  };
  return { hand, begun, end };
}

const isOver = async (promise: Promise<unknown>) => {
  let over = false;
  void promise.then(() => {
    over = true;
  });
  await new Promise(resolve => setImmediate(resolve));
  return over;
};

it('what is asked for twice at once is read once, and anew when it is asked for later', async () => {
  const { hand, begun, end } = reading();
  expect(hand.read(first)).toBe(hand.read(first));
  await end(first);
  void hand.read(first);
  expect(begun).toEqual([first, first]);
});

it('what is not being read is done at once', async () => {
  const { hand, end } = reading();
  expect(await isOver(hand.done(first))).toBe(true);
  void hand.read(first);
  expect(await isOver(hand.done(first))).toBe(false);
  await end(first);
  expect(await isOver(hand.done(first))).toBe(true);
});

it('a booking has all its deliveries once those that became part of it are read, whatever else is', async () => {
  const { hand, end } = reading();
  void hand.read(first);
  void hand.read(second);
  expect(await isOver(hand.joined(booking))).toBe(true);
  hand.joins(first, booking);
  hand.joins(second, other);
  const whole = hand.joined(booking);
  expect(await isOver(whole)).toBe(false);
  await end(first);
  expect(await isOver(whole)).toBe(true);
  expect(await isOver(hand.joined(booking))).toBe(true);
  expect(await isOver(hand.joined(other))).toBe(false);
});
