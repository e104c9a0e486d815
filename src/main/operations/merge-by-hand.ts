import type { BookingId } from '#booking/booking.ts';
import { mergeBookings } from '#booking/merge-bookings.ts';
import type { Done, Said } from '#booking/speak-for-desk.ts';
import type { IntakeRoom } from '../rooms/intake.ts';
import type { Rooms } from '../rooms/rooms.ts';

/** Makes two bookings one, their books included. Same refusals as `mergeBookings`. */
export async function mergeByHand(
  { bookingDesk }: Pick<Rooms, 'bookingDesk'>,
  intake: Pick<IntakeRoom, 'handOver'>,
  id: BookingId,
  other: BookingId,
  how: Said,
): Promise<Done> {
  const done = await mergeBookings(bookingDesk, id, other, how);
  if (done.booking) await intake.handOver(done.absorbed, done.booking.id);
  return done;
}
