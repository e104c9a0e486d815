import type { Booking } from '#booking/booking.ts';
import { overlap } from '#booking/claims.ts';
import { dayOf, epochOf } from '#lib/zoned.ts';
import type { FeedEvent, FeedIn } from './feed-in.ts';

/** What an entry of a marketplace's calendar means here. */
export type FeedMatch = {
  readonly event: FeedEvent;
  /** Bookings it bears out. Empty: it keeps the time free. */
  readonly bears: readonly Booking[];
  /** Bookings that lie in its time and are not what it means. */
  readonly against: readonly Booking[];
};

const minuteMs = 60_000;

/** So many minutes may a marketplace's times differ from the booking's: some add a turnaround before or after. */
const slackMinutes = 15;

/**
 * Holds a calendar against the bookings of its vessel. An entry bears a booking out when it says the same times, or when it
 * says whole days and the booking lies in them: always where the marketplace is known to round to days, else only a
 * booking of that marketplace. Pure.
 */
export function matchFeed(
  feed: Pick<FeedIn, 'source' | 'vessel' | 'roundsToDays'>,
  events: readonly FeedEvent[],
  bookings: readonly Booking[],
): readonly FeedMatch[] {
  const hers = bookings.filter(({ vessel, status }) => vessel === feed.vessel && status !== 'cancelled');
  return events.map(event => {
    const inTime = hers.filter(({ start, end }) =>
      overlap({ from: start.at, until: end.at }, { from: event.from, until: event.until }),
    );
    const bears = inTime.filter(booking => isSame(feed, event, booking));
    return { event, bears, against: bears.length > 0 ? [] : inTime };
  });
}

/** Bookings of the marketplace that its calendar does not show. That cancels nothing: a person looks. */
export function unseenBy(
  feed: Pick<FeedIn, 'source' | 'vessel'>,
  matches: readonly FeedMatch[],
  bookings: readonly Booking[],
): readonly Booking[] {
  const seen = new Set(matches.flatMap(({ bears }) => bears.map(({ id }) => id)));
  return bookings.filter(
    booking =>
      booking.vessel === feed.vessel &&
      booking.status !== 'cancelled' &&
      isFrom(booking, feed.source) &&
      !seen.has(booking.id),
  );
}

const isFrom = ({ names }: Booking, source: string) => names.some(name => name.source === source);

function isSame(
  { source, roundsToDays }: Pick<FeedIn, 'source' | 'roundsToDays'>,
  { from, until, days }: FeedEvent,
  booking: Booking,
): boolean {
  if (days) {
    // It lies in their time: all there is to tell apart is a trip of the evening before that goes on into the first of them.
    return dayOf(booking.start) >= days.from && (roundsToDays || isFrom(booking, source));
  }
  const apart = (a: number, b: number) => Math.abs(a - b) <= slackMinutes * minuteMs;
  return apart(epochOf(booking.start), Date.parse(from)) && apart(epochOf(booking.end), Date.parse(until));
}

/**
 * Whether so many of the entries ahead of `now` (ISO 8601 UTC) are gone that the calendar is not believed: all of them, or
 * three and more than half. A calendar that was cut off or emptied by a slip looks like that; one that lost a trip or two
 * does not.
 */
export function massVanished(
  before: readonly FeedEvent[],
  after: readonly FeedEvent[],
  now: string,
): { gone: number; of: number } | null {
  const ahead = before.filter(({ until }) => until > now);
  const there = new Set(after.map(spanKey));
  const gone = ahead.filter(event => !there.has(spanKey(event))).length;
  const isAll = ahead.length > 0 && !after.some(({ until }) => until > now);
  return isAll || (gone >= 3 && gone > ahead.length / 2) ? { gone, of: ahead.length } : null;
}

/** By its time: some marketplaces make up new names each time they are asked. */
export const spanKey = ({ from, until }: FeedEvent): string => `${from}/${until}`;
