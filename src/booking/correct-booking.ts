import { Refusal } from '#lib/refusal.ts';
import type { BookingId } from './booking.ts';
import type { Fields } from './message.ts';
import type { BookingDesk } from './record-booking.ts';
import { bookingToChange, type Done, type Said, speakForDesk } from './speak-for-desk.ts';

export type Correction = Pick<Fields, 'guestName' | 'guestEmail' | 'guestPhone' | 'partySize' | 'status'>;

/**
 * Corrects who comes and how many, or whether the booking is firm. Only what is named changes; null takes an address
 * away. Undone by correcting it back. Throws `booking-unknown`, `booking-cancelled`, `nothing-to-change` or any problem
 * of `draft.ts`.
 */
export async function correctBooking(
  room: BookingDesk,
  id: BookingId,
  correction: Correction,
  how: Said = {},
): Promise<Done> {
  const booking = await bookingToChange(room, id);
  const { guestName, guestEmail, guestPhone, partySize, status } = correction;
  const stated = Object.entries({ guestName, guestEmail, guestPhone, partySize, status }).filter(
    ([, value]) => value !== undefined,
  );
  if (stated.length === 0) {
    throw new Refusal('nothing-to-change', 'The correction names nothing.', 'Name at least one field.');
  }
  return speakForDesk(room, booking.id, { kind: 'changed', fields: Object.fromEntries(stated) }, how);
}
