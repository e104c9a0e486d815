import { Refusal } from '#lib/refusal.ts';
import type { BookingId } from './booking.ts';
import { desk } from './message.ts';
import type { BookingDesk } from './record-booking.ts';
import { bookingMeant, type Done, notForgotten, type Said, speakForDesk } from './speak-for-desk.ts';

/**
 * Takes the desk's own cancellation back. What a marketplace cancelled stays cancelled: there the guest books again.
 * Throws `booking-unknown`, `booking-forgotten`, `cancelled-at-source`, or a problem of `draft.ts` (the date may have passed meanwhile).
 */
export async function restoreBooking(room: BookingDesk, id: BookingId, how: Said = {}): Promise<Done> {
  const booking = notForgotten(await bookingMeant(room, id));
  if (booking.status !== 'cancelled') return { kind: 'unchanged', booking, absorbed: [] };
  const cancelledBy = booking.origins.status?.source;
  if (cancelledBy !== desk) {
    throw new Refusal(
      'cancelled-at-source',
      `This booking was cancelled by ${cancelledBy ?? 'its source'}, not by the desk.`,
      'Let the guest book again there, or enter a new booking by hand.',
    );
  }
  const before = await room.bookings.at(booking.id, booking.revision - 1);
  const status = before?.status === 'tentative' ? 'tentative' : 'confirmed';
  return speakForDesk(room, booking.id, { kind: 'changed', fields: { status } }, how);
}
