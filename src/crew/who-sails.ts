import type { BookingId } from '#booking/booking.ts';
import type { CrewRole, Fleet } from '#booking/fleet.ts';
import type { ZonedTime } from '#lib/zoned.ts';
import type { Answer } from './crew.ts';
import type { CrewStore } from './crew-store.ts';

/** What other rooms may know of the crew of a booking. Both are empty while there is no event, and for a cancelled one. */
export const whoSails = ({ store, fleet }: { store: CrewStore; fleet: Fleet }) => ({
  /** Whom guests will meet: everybody who holds a place, captains first. */
  async roster(booking: BookingId): Promise<readonly { firstName: string; role: CrewRole }[]> {
    const event = await store.ofBooking(booking);
    if (event?.status !== 'on') return [];
    return event.roster
      .filter(({ holds }) => holds)
      .toSorted((a, b) => Number(b.role === 'captain') - Number(a.role === 'captain'))
      .map(({ person, role }) => ({ firstName: fleet.person(person)?.firstName ?? person, role }));
  },

  /** Who is on it, for their calendars; those who declined included, to be shown or left out, those only asked for an open place not. */
  async assignmentsOf(
    booking: BookingId,
  ): Promise<readonly { person: string; role: CrewRole; answer: Answer; callTime: ZonedTime }[]> {
    const event = await store.ofBooking(booking);
    if (event?.status !== 'on') return [];
    const theirs = event.roster.filter(({ holds, answer }) => holds || answer === 'declined');
    return theirs.map(({ person, role, answer }) => ({
      person,
      role,
      answer,
      callTime: event.callTime,
    }));
  },
});
