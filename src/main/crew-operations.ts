import { z } from 'zod';
import type { BookingId } from '#booking/booking.ts';
import { bookingMeant } from '#booking/speak-for-desk.ts';
import { crewByHand } from '#crew/assign.ts';
import type { CrewEvent } from '#crew/crew.ts';
import { Refusal } from '#lib/refusal.ts';
import type { RoomOptions, Rooms } from './embedded-rooms.ts';
import { bookingIdShape, type Operations, operation, text } from './operations.ts';

/** The roster of a booking by hand. Surfaces that name the crew follow by themselves. */
export function crewOperations(
  of: Rooms,
  options: RoomOptions,
  rosterChanged: (event: CrewEvent) => Promise<void>,
  settle: () => Promise<void>,
): Operations {
  const { clock, config } = options;
  const byHand = crewByHand({
    store: of.crew,
    links: of.links,
    fleet: config.fleet,
    clock,
    onEventChanged: rosterChanged,
    onAnswered: rosterChanged,
  });
  const onPlace = z.object({ booking: bookingIdShape, person: text });

  const eventOf = async (booking: string): Promise<CrewEvent> => {
    const { id } = await bookingMeant(of.bookingDesk, booking as BookingId);
    const event = await of.crew.ofBooking(id);
    if (event) return event;
    throw new Refusal(
      'event-unknown',
      'This booking has no crew event yet.',
      'Look at gangway beliefs: it may still be on its way.',
    );
  };
  const roster = ({ id, title, roster: places }: CrewEvent) => ({ event: id, title, crew: places });
  const after = async (changed: Promise<CrewEvent>) => {
    const event = await changed;
    await settle();
    return roster(event);
  };

  return {
    'crew list': operation(z.object({ booking: bookingIdShape }), async ({ booking }) =>
      roster(await eventOf(booking)),
    ),
    'crew assign': operation(
      onPlace.extend({ role: z.enum(['captain', 'crew']) }),
      async ({ booking, person, role }, by) =>
        after(byHand.assign((await eventOf(booking)).id, { person, role }, by)),
    ),
    'crew answer': operation(
      onPlace.extend({ answer: z.enum(['accepted', 'declined', 'unknown']) }),
      async ({ booking, person, answer }, by) =>
        after(byHand.answerFor((await eventOf(booking)).id, person, answer, by)),
    ),
    'crew release': operation(onPlace, async ({ booking, person }, by) =>
      after(byHand.release((await eventOf(booking)).id, person, by)),
    ),
  };
}
