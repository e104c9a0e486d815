import type { BookingId } from './booking.ts';
import type { BookingDesk } from './record-booking.ts';
import { bookingMeant, type Done, notForgotten, type Said, speakForDesk } from './speak-for-desk.ts';

/**
 * Calls a booking off for the operator. Idempotent: one that is off stays off. It does not cancel on the marketplace:
 * a person does that there. Undone by `restoreBooking`. Throws `booking-unknown` or `booking-forgotten`.
 */
export async function cancelBooking(room: BookingDesk, id: BookingId, how: Said = {}): Promise<Done> {
  const booking = notForgotten(await bookingMeant(room, id));
  if (booking.status === 'cancelled') return { kind: 'remembered', booking, absorbed: [] };
  const done = await speakForDesk(room, booking.id, { kind: 'cancelled', fields: {} }, how);
  await room.claims?.release(`vessel ${booking.vessel}`, booking.id);
  return done;
}
