import * as z from 'zod';
import type { BookingId } from '#booking/booking.ts';
import { bookingMeant } from '#booking/speak-for-desk.ts';
import { crewByHand } from '#crew/assign.ts';
import type { CrewEvent } from '#crew/crew.ts';
import { manifestText, parseManifest } from '#crew/manifest-view.ts';
import { ledgerText } from '#finances/money-text.ts';
import { Refusal } from '#lib/refusal.ts';
import type { RoomOptions } from '../rooms/parts.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { bookingIdShape, type Operations, operation, text } from './operations.ts';

export type RosterHands = ReturnType<typeof crewByHand>;

/** What a person does to a crew by hand, from the desk and the command line alike. */
export const rosterHands = (
  of: Rooms,
  { clock, config }: Pick<RoomOptions, 'clock' | 'config'>,
  rosterChanged: (event: CrewEvent) => Promise<void>,
): RosterHands =>
  crewByHand({
    store: of.crew,
    links: of.links,
    fleet: config.fleet,
    clock,
    crewing: of.crewing,
    onEventChanged: rosterChanged,
    onAnswered: rosterChanged,
  });

/** The roster of a booking by hand. Surfaces that name the crew follow by themselves. */
export function crewOperations(of: Rooms, byHand: RosterHands, settle: () => Promise<void>): Operations {
  const role = z.enum(['captain', 'crew']);
  const onBooking = z.object({ booking: bookingIdShape });
  const onPlace = onBooking.extend({ person: text });
  const despite = text.optional();

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
  const roster = ({ id, title, roster: places, needs, passed }: CrewEvent) => ({
    event: id,
    title,
    needs,
    crew: places,
    passed,
  });
  const after = async (booking: string, change: (event: CrewEvent) => Promise<CrewEvent>) => {
    await change(await eventOf(booking));
    await settle();
    return roster(await eventOf(booking));
  };

  return {
    manifest: operation(
      onBooking.extend({ money: z.boolean().default(false) }),
      async ({ booking, money }) => {
        const event = await eventOf(booking);
        const { id, guest } = await bookingMeant(of.bookingDesk, booking as BookingId);
        const manifest = parseManifest(event, of.pageParts.fleet, guest.name);
        const books = money ? await of.finances.ledger(id) : null;
        return {
          manifest,
          text: [manifestText(manifest), ...(money ? [ledgerText(books)] : [])].join('\n\n'),
        };
      },
    ),
    'crew notes': operation(onBooking.extend({ notes: z.string().max(4000) }), ({ booking, notes }, by) =>
      after(booking, ({ id }) => byHand.note(id, notes, { by })),
    ),
    'crew list': operation(onBooking, async ({ booking }) => roster(await eventOf(booking))),
    'crew assign': operation(onPlace.extend({ role, despite }), ({ booking, person, role, despite }, by) =>
      after(booking, ({ id }) => byHand.assign(id, { person, role }, { by, despite })),
    ),
    'crew offer': operation(
      onBooking.extend({ people: z.array(text).min(1).max(40), role, despite }),
      ({ booking, people, role, despite }, by) =>
        after(booking, ({ id }) => byHand.offer(id, role, people, { by, despite })),
    ),
    'crew answer': operation(
      onPlace.extend({ answer: z.enum(['accepted', 'declined', 'unknown']), despite }),
      ({ booking, person, answer, despite }, by) =>
        after(booking, ({ id }) => byHand.answerFor(id, person, answer, { by, despite })),
    ),
    'crew release': operation(
      onPlace.extend({ reopen: z.boolean().default(false) }),
      ({ booking, person, reopen }, by) =>
        after(booking, ({ id }) => byHand.release(id, person, { by, reopen })),
    ),
    'crew link': operation(onPlace, ({ booking, person }, by) =>
      after(booking, ({ id }) => byHand.renewLink(id, person, { by })),
    ),
    'crew substitute': operation(
      onBooking.extend({ out: text, person: text, despite }),
      ({ booking, out, person, despite }, by) =>
        after(booking, ({ id }) => byHand.substitute(id, out, person, { by, despite })),
    ),
    'crew renters-captain': operation(
      onBooking.extend({ person: text.nullable(), despite }),
      ({ booking, person, despite }, by) =>
        after(booking, ({ id }) => byHand.rentersCaptain(id, person, { by, despite })),
    ),
  };
}
