import type { Booking } from '#booking/booking.ts';
import type { Due } from '#durable/agenda.ts';
import { dayOf, epochOf, resolveWall, type Span, shift, startOfDay, type ZonedTime } from '#lib/zoned.ts';

/** Everything that falls due because of a booking, in order. The words are the agenda's kinds. */
export const dueKinds = [
  'remind guest a week before',
  'open uploads',
  'remind guest the day before',
  'remind crew the day before',
  'guide guest on the day',
  'thank guest',
  'close uploads',
  'purge',
] as const;
export type DueKind = (typeof dueKinds)[number];

/** How long things stay, counted from the end of the trip. */
export type Retention = {
  /** Guests may add photos this many days before the start and after the end. */
  uploadDaysBefore: number;
  uploadDaysAfter: number;
  /** After this many days the guest page goes and the guest is erased everywhere. */
  purgeAfterDays: number;
};

/**
 * What is to come for a booking, from its start and end in the vessel's zone: days keep the wall time across DST.
 * A reminder whose time has passed is left out, because a booking made three days ahead gets no week-before letter; not one
 * that stands on the agenda for just that time, which is only late: going over a booking must not swallow it.
 */
export function timeline(
  booking: Booking,
  retention: Retention,
  nowMs: number,
  standing: readonly Due[] = [],
): readonly Due[] {
  const { start, end } = booking;
  const at = (kind: DueKind, time: typeof start, span: Span) => ({ kind, time: shift(time, span) });
  const living = [
    at('remind guest a week before', start, { days: -7 }),
    at('open uploads', start, { days: -retention.uploadDaysBefore }),
    at('remind guest the day before', start, { days: -1 }),
    at('remind crew the day before', start, { days: -1 }),
    { kind: 'guide guest on the day' as const, time: morningOf(start) },
    at('thank guest', end, { hours: 18 }),
    at('close uploads', end, { days: retention.uploadDaysAfter }),
  ];
  const stands = ({ kind, time }: (typeof living)[number]) =>
    standing.some(due => due.kind === kind && due.dueAt === time.at);
  const toCome =
    booking.status === 'cancelled' ? [] : living.filter(due => epochOf(due.time) > nowMs || stands(due));
  // A purge whose time has passed is still to be done.
  return [...toCome, { kind: 'purge', time: purgeTime(end, retention) }].map(({ kind, time }) => ({
    kind,
    subject: booking.id,
    dueAt: time.at,
  }));
}

/**
 * Whether the words of a reminder still hold, for one that is late because the house was off: nobody is told that it is a
 * week to go, or tomorrow, when it is not. What else falls due before a trip holds until the start; the rest always.
 */
export function stillHolds(kind: DueKind, start: ZonedTime, nowMs: number): boolean {
  const limits: Partial<Record<DueKind, ZonedTime>> = {
    'remind guest a week before': shift(start, { days: -5 }),
    'remind guest the day before': startOfDay(start),
    'remind crew the day before': start,
    'guide guest on the day': start,
  };
  const limit = limits[kind];
  return !limit || nowMs < epochOf(limit);
}

/** When a guest is told the way: at seven on the dock, or two hours before a trip that starts early. */
function morningOf(start: ZonedTime): ZonedTime {
  const seven = resolveWall(`${dayOf(start)}T07:00`, start.zone);
  const time = seven.kind === 'exact' ? seven.time : shift(startOfDay(start), { hours: 7 });
  const latest = shift(start, { hours: -2 });
  return epochOf(latest) < epochOf(time) ? latest : time;
}

/** In the small hours after the last day: erasing writes the databases anew, and so it happens once for all trips of a day. */
const purgeTime = (end: ZonedTime, { purgeAfterDays }: Retention) =>
  shift(startOfDay(shift(end, { days: purgeAfterDays + 1 })), { hours: 4 });
