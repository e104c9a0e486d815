import type { BookingId } from '#booking/booking.ts';
import type { Delivery, DeliveryId } from './inbox.ts';

/** The deliveries that are being read at this moment. One that is asked for twice is read once. */
export type AtHand = {
  read(id: DeliveryId): Promise<Delivery | null>;
  /** Resolves when this one is not being read. */
  done(id: DeliveryId): Promise<unknown>;
  /** It has become part of a booking; the inbox does not say so yet. */
  joins(id: DeliveryId, booking: BookingId): void;
  /**
   * Resolves when the inbox says so of all that had become part of it by now. For a booking that turned out to be another
   * and so gets nothing new: then the list of its deliveries is whole. Nobody waits in a circle, because each waits for
   * what was recorded before it.
   */
  joined(booking: BookingId): Promise<unknown>;
};

export function atHand(read: (id: DeliveryId, now: AtHand) => Promise<Delivery | null>): AtHand {
  const running = new Map<DeliveryId, Promise<Delivery | null>>();
  const into = new Map<DeliveryId, BookingId>();
  const now: AtHand = {
    read(id) {
      const mine =
        running.get(id) ??
        read(id, now).finally(() => {
          running.delete(id);
          into.delete(id);
        });
      running.set(id, mine);
      return mine;
    },
    done: async id => running.get(id),
    joins: (id, booking) => void into.set(id, booking),
    joined: booking =>
      Promise.all([...into].flatMap(([id, its]) => (its === booking ? [running.get(id)] : []))),
  };
  return now;
}
