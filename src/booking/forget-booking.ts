import { Refusal } from '#lib/refusal.ts';
import { epochOf } from '#lib/zoned.ts';
import type { Booking, BookingId } from './booking.ts';
import type { BookingDesk } from './record-booking.ts';
import { bookingMeant } from './speak-for-desk.ts';

/**
 * The booking whose guest a person wants erased, if that may be done: it is over or cancelled. One that was forgotten
 * already passes, so that erasing can be repeated. Throws `booking-unknown` or `booking-upcoming`.
 */
export async function bookingToForget(room: BookingDesk, id: BookingId): Promise<Booking> {
  const booking = await bookingMeant(room, id);
  const refusal = whyNotForget(booking, room.clock.now());
  if (refusal) throw refusal;
  return booking;
}

/** The refusal `booking-upcoming` where the guest cannot be erased yet; `now` in milliseconds. */
export function whyNotForget({ status, end }: Booking, now: number): Refusal | null {
  if (status === 'cancelled' || epochOf(end) <= now) return null;
  return new Refusal(
    'booking-upcoming',
    'This charter is still to come: crew and dock need to know who sails.',
    'Cancel the booking first, or wait until the trip is over.',
  );
}
