import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import type { BookingStore, Recorded } from './booking-store.ts';
import type { Claims } from './claims.ts';
import { judgeBy } from './draft.ts';
import type { Fleet } from './fleet.ts';
import type { Message } from './message.ts';
import { plainLine } from './plain-line.ts';

/** What the verbs of this room work with. */
export type BookingDesk = {
  bookings: BookingStore;
  fleet: Fleet;
  clock: Clock;
  random: Random;
  /** Who has which vessel when; without it nothing is checked for being taken. */
  claims?: Claims;
};

/**
 * Takes one message about a booking, whoever says it, and brings the booking up to date. Idempotent; the order of
 * messages makes no difference. What breaks a rule of `draft.ts` is `refused` and not kept, so it can be said again
 * once the cause is mended.
 */
export function recordBooking(room: BookingDesk, message: Message): Promise<Recorded> {
  const { guestName, guestEmail, guestPhone } = message.fields;
  const fields = {
    ...message.fields,
    ...(guestName === undefined ? {} : { guestName: plainLine(guestName) }),
    ...(guestEmail === undefined ? {} : { guestEmail: plainLine(guestEmail ?? '') || null }),
    ...(guestPhone === undefined ? {} : { guestPhone: plainLine(guestPhone ?? '') || null }),
  };
  return room.bookings.record({ ...message, fields }, judgeBy(room));
}
