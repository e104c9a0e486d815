import type { Booking, BookingId } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Settlements } from '#booking/settlements.ts';
import type { Belief, Statement, Surface } from '#booking/surface.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { digestOf } from '#lib/digest.ts';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import { inZone, timeText } from '#lib/zoned.ts';
import type { Egress } from '#platform/egress.ts';
import type { CalendarEvent } from '#platform/ical.ts';
import type { Rostered } from './calendar-entry.ts';
import type { CalendarServer, Over, ServerCalendar, StoredEntry } from './server-calendar.ts';
import {
  factsOfEvent,
  readServerEntry,
  type ServerEntry,
  type ServerFacts,
  writeServerEntry,
} from './server-entry.ical.ts';

export type ServerCalendarDeps = {
  readonly calendars: readonly ServerCalendar[];
  readonly server: CalendarServer;
  readonly fleet: Fleet;
  /** Who is to sail, from the crew room; without those who declined. */
  readonly roster: (booking: Booking) => Promise<readonly Rostered[]>;
  readonly deskUrl: (booking: BookingId) => string;
  /** What somebody said may be written over. */
  readonly settlements: Settlements;
  readonly egress: Egress;
  readonly clock: Clock;
};

/** The codes of what somebody changed on the server, which waits for a person. */
export const serverConflicts: readonly string[] = ['calendar-entry-changed', 'calendar-entry-deleted'];

/**
 * The booking in calendars of the operator's own, on a server that speaks CalDAV. Called off, it stays there as cancelled and
 * keeps no time. What somebody changed or deleted there is never written over: it shows as failing, with what stands
 * there, until they put it right or a person lets it go (`mayWriteOver`). What people add beside, such as reminders, stays.
 */
export function serverCalendarSurface(deps: ServerCalendarDeps): Surface {
  const { calendars, server, settlements, egress } = deps;
  const calendarOf = (id: string) => calendars.find(calendar => calendar.id === id) ?? null;
  const eventOf = eventMaker(deps);

  const mayWriteOver = async (calendar: string, booking: Booking, version: string) =>
    (await settlements.find(versionName(calendar, booking.id, version))) !== null;

  const write = async (
    calendar: ServerCalendar,
    booking: Booking,
    event: CalendarEvent,
    before: StoredEntry | null,
    what: 'all' | 'that it is off' = 'all',
  ) => {
    const text = writeServerEntry(event, before?.text ?? null, what);
    const body = text.replace(/\r?\n[ \t]/g, '');
    await egress.emit({ audience: 'operator', channel: 'calendar', about: [booking.id], body });
    const over: Over = before ? { etag: before.etag } : 'nothing';
    if (await server.write(calendar, nameOf(booking.id), text, over)) return { state: 'stated' as const };
    throw new Unavailable('calendar-entry-busy', `The entry in ${calendar.id} is being changed right now.`);
  };

  return {
    name: 'calendar server',
    fence: 'open',
    reachesOutside: true,
    async desired(booking) {
      if (booking.status === 'cancelled') return [];
      const digest = digestOf(factsOfEvent(await eventOf(booking, 0)));
      return calendars
        .filter(({ vessels }) => vessels === null || vessels.includes(booking.vessel))
        .map(({ id }): Statement => ({ recipient: id, digest }));
    },
    async state(booking, { recipient, digest }, before) {
      const calendar = calendarOf(recipient);
      if (!calendar) return { state: 'stated' };
      const there = await server.read(calendar, nameOf(booking.id));
      if (!there) {
        const said = before?.statedDigest;
        if (said && !(await mayWriteOver(recipient, booking, gone(said)))) throw deleted(recipient);
        return write(calendar, booking, await eventOf(booking, booking.revision), null);
      }
      const entry = readServerEntry(there.text);
      if (!entry?.isEdited && entry?.facts && digestOf(entry.facts) === digest) return { state: 'stated' };
      if ((entry?.isEdited ?? true) && !(await mayWriteOver(recipient, booking, there.etag)))
        throw changed(recipient, booking, entry?.facts ?? null);
      return write(calendar, booking, await eventOf(booking, sequenceAfter(booking, entry)), there);
    },
    async withdraw(booking, { recipient }) {
      const calendar = calendarOf(recipient);
      const there = calendar && (await server.read(calendar, nameOf(booking.id)));
      if (!calendar || !there) return { state: 'stated' };
      const entry = readServerEntry(there.text);
      if (booking.status === 'cancelled') {
        if (entry?.facts?.status === 'CANCELLED') return { state: 'stated' };
        const event = await eventOf(booking, sequenceAfter(booking, entry));
        // A change by somebody else stays what it is; that the trip is off must get through all the same.
        return write(calendar, booking, event, there, entry?.isEdited ? 'that it is off' : 'all');
      }
      return remove(calendar, booking, there, entry);
    },
    async absorbed(booking, _into, { recipient }) {
      const calendar = calendarOf(recipient);
      const there = calendar && (await server.read(calendar, nameOf(booking.id)));
      if (!calendar || !there) return { state: 'stated' };
      return remove(calendar, booking, there, readServerEntry(there.text));
    },
    async readBack(booking, recipient) {
      const calendar = calendarOf(recipient);
      const there = calendar && (await server.read(calendar, nameOf(booking.id)));
      const facts = there && readServerEntry(there.text)?.facts;
      return facts && facts.status !== 'CANCELLED' ? digestOf(facts) : null;
    },
  };

  async function remove(
    calendar: ServerCalendar,
    booking: Booking,
    there: StoredEntry,
    entry: ServerEntry | null,
  ) {
    if ((entry?.isEdited ?? true) && !(await mayWriteOver(calendar.id, booking, there.etag)))
      throw changed(calendar.id, booking, entry?.facts ?? null);
    if (await server.remove(calendar, nameOf(booking.id), { etag: there.etag }))
      return { state: 'stated' as const };
    throw new Unavailable('calendar-entry-busy', `The entry in ${calendar.id} is being changed right now.`);
  }
}

/**
 * Keeps the word of a person that what they changed or deleted may be written over, for the version that is there now: a
 * later change is asked about again. Returns the calendars it concerns.
 */
export async function mayWriteOver(
  deps: Pick<ServerCalendarDeps, 'calendars' | 'server' | 'settlements' | 'clock'>,
  booking: BookingId,
  beliefs: readonly Belief[],
  by: string,
): Promise<readonly string[]> {
  const waiting = beliefs.filter(({ error }) => error && serverConflicts.includes(error.code));
  for (const { recipient, statedDigest } of waiting) {
    const calendar = deps.calendars.find(({ id }) => id === recipient);
    const there = calendar && (await deps.server.read(calendar, nameOf(booking)));
    const conflict = versionName(recipient, booking, there?.etag ?? gone(statedDigest ?? ''));
    const at = isoInstant(deps.clock.now());
    await deps.settlements.settle({ conflict, by, at, why: 'written over' });
  }
  return waiting.map(({ recipient }) => recipient);
}

/** Takes a booking out of every calendar, whatever was changed there: its guest is to be forgotten. Idempotent. */
export async function forgetOnServers(
  { calendars, server }: Pick<ServerCalendarDeps, 'calendars' | 'server'>,
  booking: BookingId,
): Promise<void> {
  for (const calendar of calendars) await server.remove(calendar, nameOf(booking), 'anything');
}

const nameOf = (booking: BookingId) => `${booking}.ics`;
const versionName = (calendar: string, booking: BookingId, version: string) =>
  `calendar server ${calendar} ${booking} ${version}`;
const gone = (said: string) => `deleted after ${said}`;

/** Programs ignore an update that does not rise; somebody else may have raised it there. */
const sequenceAfter = ({ revision }: Booking, entry: ServerEntry | null) =>
  Math.max(revision, (entry?.sequence ?? 0) + 1);

function changed(calendar: string, booking: Booking, there: ServerFacts | null): Refusal {
  const when = (at: string) => (Number.isNaN(Date.parse(at)) ? at : timeText(inZone(at, booking.start.zone)));
  const says = there
    ? `it says “${there.summary.slice(0, 80)}”, ${there.start.slice(0, 10)} ${when(there.start)} to ${when(there.end)}`
    : 'it is not one plain event any more';
  return new Refusal(
    'calendar-entry-changed',
    `Somebody changed the entry in ${calendar}: ${says}.`,
    'Where they are right, change the booking and undo it there; else let it be written over, at the desk or with gangway retry --overwrite.',
  );
}

const deleted = (calendar: string) =>
  new Refusal(
    'calendar-entry-deleted',
    `Somebody deleted the entry in ${calendar}.`,
    'Let it be written again, at the desk or with gangway retry --overwrite.',
  );

/** What the entry says: what the house's own calendar says, for the people who run the boats. */
function eventMaker({ fleet, roster, deskUrl }: ServerCalendarDeps) {
  return async (booking: Booking, sequence: number): Promise<CalendarEvent> => {
    const vessel = fleet.vessel(booking.vessel);
    const crew = await roster(booking);
    const isOff = booking.status === 'cancelled';
    const summary = `${vessel?.name ?? booking.vessel}: ${booking.guest.name}, party of ${booking.partySize}`;
    return {
      uid: `${booking.id}@${fleet.house.host}`,
      sequence,
      status: isOff ? 'CANCELLED' : booking.status === 'tentative' ? 'TENTATIVE' : 'CONFIRMED',
      start: booking.start,
      end: booking.end,
      summary: isOff ? `Cancelled: ${summary}` : summary,
      stamp: booking.recordedAt,
      ...(vessel && { location: `${vessel.berth.name}, ${vessel.berth.address}` }),
      description: [
        ...crew.map(({ person, role }) => `${fleet.person(person)?.name ?? person} (${role})`),
        deskUrl(booking.id),
      ].join('\n'),
    };
  };
}
