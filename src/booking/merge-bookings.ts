import { Refusal } from '#lib/refusal.ts';
import type { BookingId } from './booking.ts';
import { deskName } from './message.ts';
import type { BookingDesk } from './record-booking.ts';
import { bookingMeant, type Done, notForgotten, type Said, speakForDesk } from './speak-for-desk.ts';

/**
 * Says that two bookings are one trip: the one people have seen first stays, the other ends as absorbed, and whatever comes
 * in under any of their names is about the one. Refusals `booking-unknown`, `booking-forgotten`, `booking-same`.
 */
export async function mergeBookings(
  room: BookingDesk,
  id: BookingId,
  other: BookingId,
  how: Said = {},
): Promise<Done> {
  const [one, two] = [
    notForgotten(await bookingMeant(room, id)),
    notForgotten(await bookingMeant(room, other)),
  ];
  if (one.id === two.id)
    throw new Refusal('booking-same', 'These are one booking already.', 'Choose two bookings that differ.');
  const [outside] = two.names;
  return speakForDesk(
    room,
    one.id,
    { kind: 'changed', fields: {}, sameAs: outside ?? deskName(two.id) },
    how,
  );
}
