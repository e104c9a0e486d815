import type { BookingId } from '#booking/booking.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import type { CrewStore } from './crew-store.ts';

/** Erases the guest's name, and the notes somebody typed, from the crew event of a booking. Safe to repeat; nobody is told. */
export async function forgetGuest(
  { store, clock }: { store: CrewStore; clock: Clock },
  booking: BookingId,
): Promise<void> {
  const event = await store.ofBooking(booking);
  if (!event) return;
  await store.change(event.id, before =>
    before.guestFirstName === null && before.notes === '' && before.title === erased.title
      ? null
      : {
          event: { ...before, ...erased },
          entries: [
            {
              by: 'retention',
              at: isoInstant(clock.now()),
              what: 'The name of the guest and the notes were erased.',
            },
          ],
        },
  );
}

const erased = { title: 'Charter', guestFirstName: null, notes: '' };
