import type { Booking, BookingId } from '#booking/booking.ts';
import { bookingToForget } from '#booking/forget-booking.ts';
import type { Fulfilling } from '#fulfilment/fulfilment.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Rooms } from '../rooms/rooms.ts';

/**
 * Erases the guest of a booking that is over or off, because a person asks for it before the retention does. Cannot be undone.
 * Safe to repeat. Refusals: `booking-unknown`, `booking-upcoming`, and `booking-unsettled` while people are still being told.
 */
export async function forgetByHand(of: Rooms, fulfil: Fulfilling, id: BookingId): Promise<Booking> {
  const booking = await bookingToForget(of.bookingDesk, id);
  if (!booking.forgottenAt && !(await isSettled(of, booking))) {
    throw new Refusal(
      'booking-unsettled',
      'People are still being told about this booking.',
      'Wait until the board is settled and every letter has gone out; a letter that is held has to be released or counted as sent first.',
    );
  }
  await fulfil.forget(booking.id);
  return (await of.bookings.find(booking.id)) ?? booking;
}

async function isSettled(of: Rooms, { id, revision }: Booking): Promise<boolean> {
  const drive = await of.open.drives.find(id);
  if (drive && (drive.tag !== String(revision) || ['driving', 'waiting'].includes(drive.state))) return false;
  const waiting = await Promise.all(
    [of.open, of.owner].map(({ post }) => post.list({ about: id, state: 'waiting', limit: 1 })),
  );
  return waiting.flat().length === 0;
}
