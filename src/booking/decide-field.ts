import { Refusal } from '#lib/refusal.ts';
import type { BookingId, Origin } from './booking.ts';
import type { DisputedField } from './disagreements.ts';
import type { BookingDesk } from './record-booking.ts';
import { bookingToChange, type Done, type Said, speakForDesk } from './speak-for-desk.ts';

/**
 * Takes one of the values that are said about a field for true: the desk says it from now on, until it is changed there or
 * at a marketplace. Refusals `booking-unknown`, `booking-forgotten`, `booking-cancelled`, `statement-unknown`.
 */
export async function decideField(
  room: BookingDesk,
  id: BookingId,
  chosen: { field: DisputedField; origin: Pick<Origin, 'source' | 'message'> },
  how: Said = {},
): Promise<Done> {
  const booking = await bookingToChange(room, id);
  const { field, origin } = chosen;
  const heard = await room.bookings.messages(booking.id);
  const value = heard.find(
    ({ message }) => message.source === origin.source && message.messageId === origin.message,
  )?.message.fields[field];
  if (value === undefined)
    throw new Refusal(
      'statement-unknown',
      'Nobody says that about this booking any more.',
      'Reload the page and choose again.',
    );
  return speakForDesk(room, booking.id, { kind: 'changed', fields: { [field]: value } }, how);
}
