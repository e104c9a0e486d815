import type { Fleet } from '#booking/fleet.ts';
import type { Statement, Surface } from '#booking/surface.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { CrewEventId } from './crew.ts';
import type { CrewStore } from './crew-store.ts';
import { saysSo } from './ensure-event.ts';
import type { Telling } from './tell-crew.ts';
import { promisedBy, promisedDigest } from './told.ts';

type LetterStatement = Statement & { readonly event: CrewEventId };

/**
 * One statement for each person on the roster, over no more than what a letter promises: times, vessel, berth and role.
 * So a changed head count writes no letter. While a booking is tentative only those are written to who have been before.
 */
export function crewLetterSurface(parts: {
  store: CrewStore;
  fleet: Fleet;
  telling: Telling;
}): Surface<LetterStatement> {
  const { store, fleet, telling } = parts;
  return {
    name: 'crew letter',
    fence: 'open',

    async desired(booking) {
      const event = await store.ofBooking(booking.id);
      if (!event || !saysSo(event, booking, fleet)) {
        throw new Unavailable(
          'crew-event-behind',
          'The crew event does not say yet what the booking says; the letters wait for it.',
        );
      }
      const statements: LetterStatement[] = event.roster.map(({ person, role }) => ({
        recipient: person,
        event: event.id,
        digest: promisedDigest(promisedBy(event, role, id => fleet.vessel(id)?.name ?? null)),
      }));
      if (booking.status !== 'tentative') return statements;
      const told = new Set((await store.told(event.id)).map(({ person }) => person));
      return statements.filter(({ recipient }) => told.has(recipient));
    },

    state: (_booking, { event, recipient }) => telling.say(event, recipient, false),

    async withdraw(booking, before) {
      const event = await store.ofBooking(booking.id);
      return event
        ? telling.say(event.id, before.recipient, booking.status === 'cancelled')
        : { state: 'stated' };
    },

    /** Who was asked for both is told which one counts, who sails only on this one that it is off. */
    async absorbed(booking, into, before) {
      const event = await store.ofBooking(booking.id);
      const counts = await store.ofBooking(into.id);
      if (into.status !== 'cancelled' && !(counts && saysSo(counts, into, fleet))) {
        throw new Unavailable(
          'crew-event-behind',
          'The crew event of the booking that this one turned out to be does not say yet what it should; the letters wait for it.',
        );
      }
      return event ? telling.say(event.id, before.recipient, true) : { state: 'stated' };
    },

    async readBack(booking, recipient) {
      const event = await store.ofBooking(booking.id);
      return event && telling.digestTold(event.id, recipient);
    },
  };
}
