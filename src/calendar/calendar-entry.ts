import type { Booking, BookingId, BookingStatus } from '#booking/booking.ts';
import type { CrewRole, Fleet } from '#booking/fleet.ts';
import { digestOf } from '#lib/digest.ts';
import { dayOf, epochOf, type ZonedTime } from '#lib/zoned.ts';

export type CalendarEntryId = `cal_${string}`;

/** A line in the house's own calendar: what a vessel does on a day. Read by whoever runs the boats, so it holds no amount. */
export type CalendarEntry = EntryFacts & {
  readonly id: CalendarEntryId;
  /** Starts at 1 and rises by one for each real change. */
  readonly revision: number;
  /** When `revision` last rose, ISO 8601 UTC. */
  readonly changedAt: string;
};

export type EntryFacts = {
  /** At most one entry for a booking, whatever the duplicates; null for what no booking stands behind. */
  readonly booking: BookingId | null;
  /** The name the charter goes by outside. */
  readonly charterId: string | null;
  /** Local day it begins on. */
  readonly date: string;
  /** Null when only the day is known; then `end` is null too. */
  readonly start: ZonedTime | null;
  readonly end: ZonedTime | null;
  /** Vessel id. */
  readonly vessel: string | null;
  /** By name. */
  readonly captain: string | null;
  readonly title: string;
  readonly status: BookingStatus;
  /** Typed by a person; the only thing about a booked charter that is changed here. */
  readonly note: string | null;
};

/** The most days an entry may touch: bounds how far back a list has to look for what began earlier. */
export const longestDays = 60;

/** Somebody on the roster of a booking who has not declined. */
export type Rostered = { readonly person: string; readonly role: CrewRole };

/** What the calendar says about a booking. */
export function factsOf(
  booking: Booking,
  roster: readonly Rostered[],
  fleet: Fleet,
): Omit<EntryFacts, 'note'> {
  const captain = roster.find(({ role }) => role === 'captain')?.person ?? null;
  return {
    booking: booking.id,
    charterId: booking.names[0]?.externalId ?? null,
    date: dayOf(booking.start),
    start: booking.start,
    end: booking.end,
    vessel: booking.vessel,
    captain: captain && (fleet.person(captain)?.name ?? captain),
    title: `${booking.guest.name}, party of ${booking.partySize}`,
    status: booking.status,
  };
}

/** Every name under which a script may speak of a booking. */
export const namesOf = (booking: Booking): readonly string[] => [
  booking.id,
  ...booking.names.map(name => name.externalId),
];

/** The digest by which an entry is held to say what it should. The note is a person's and does not count. */
export const entryDigest = ({
  booking,
  date,
  start,
  end,
  vessel,
  captain,
  title,
  status,
}: EntryFacts): string => digestOf({ booking, date, start, end, vessel, captain, title, status });

/** The last local day it touches; one that ends at midnight does not touch the next. */
export function lastDay({ date, start, end }: Pick<EntryFacts, 'date' | 'start' | 'end'>): string {
  if (!start || !end || epochOf(end) <= epochOf(start)) return date;
  if (!end.local.endsWith('T00:00')) return dayOf(end);
  const day = addDays(dayOf(end), -1);
  return day < date ? date : day;
}

/** The day so many days later, as `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** How many days lie between two days. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
