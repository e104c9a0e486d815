import type { BookingId } from '#booking/booking.ts';
import type { CrewRole, Fleet } from '#booking/fleet.ts';
import type { ZonedTime } from '#lib/zoned.ts';
import type { Answer } from './crew.ts';
import type { CrewStore } from './crew-store.ts';

/** What other rooms may know of the crew of a booking, by its crew event. */
export const whoSails = ({ store, fleet }: { store: CrewStore; fleet: Fleet }) => ({
  /** Whom guests will meet: everybody who holds a place, captains first. Nobody while there is no event, or it is off. */
  async roster(booking: BookingId): Promise<readonly { firstName: string; role: CrewRole }[]> {
    const event = await store.ofBooking(booking);
    if (event?.status !== 'on') return [];
    return event.roster
      .filter(({ holds }) => holds)
      .toSorted((a, b) => Number(b.role === 'captain') - Number(a.role === 'captain'))
      .map(({ person, role }) => ({ firstName: fleet.person(person)?.firstName ?? person, role }));
  },

  /**
   * Who is on it, for calendars and books; those who declined included, to be shown or left out, those only asked for an
   * open place not. Null while there is no event, or it is off: then nobody can know, which is not the same as no crew.
   */
  async assignmentsOf(
    booking: BookingId,
  ): Promise<readonly { person: string; role: CrewRole; answer: Answer; callTime: ZonedTime }[] | null> {
    const event = await store.ofBooking(booking);
    if (event?.status !== 'on') return null;
    const theirs = event.roster.filter(({ holds, answer }) => holds || answer === 'declined');
    return theirs.map(({ person, role, answer }) => ({
      person,
      role,
      answer,
      callTime: event.callTime,
    }));
  },
});
