import type { BookingId } from '#booking/booking.ts';
import { digestOf } from '#lib/digest.ts';
import type { ZonedTime } from '#lib/zoned.ts';

/** One calendar that programs subscribe to: a person's trips, or when a vessel is busy. */
export type Feed = { readonly kind: 'person' | 'vessel'; readonly subject: string };

/** What a feed says about a booking. Nothing in it may be an amount; a vessel's names nobody. */
export type FeedFacts = {
  /** The same for the life of the booking, in every feed. */
  readonly uid: string;
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  readonly start: ZonedTime;
  readonly end: ZonedTime;
  readonly summary: string;
  readonly location: string | null;
  readonly description: string | null;
  /** Degrees, WGS 84. */
  readonly geo: { readonly latitude: number; readonly longitude: number } | null;
};

export type FeedEntry = FeedFacts & {
  readonly booking: BookingId;
  /** Rises with each change, and is never below the booking's revision. */
  readonly sequence: number;
  /** When `sequence` last rose, ISO 8601 UTC. */
  readonly changedAt: string;
};

/** Where the feeds' entries live, apart from the bookings, so that a feed still says what was cancelled. Writes are durable when they resolve. */
export interface FeedStore {
  /** Makes a feed say this about a booking, as of its revision, `at` an instant (ISO 8601 UTC). The same again changes nothing. */
  put(
    feed: Feed,
    booking: BookingId,
    as: { readonly revision: number; readonly at: string },
    facts: FeedFacts,
  ): Promise<FeedEntry>;
  find(feed: Feed, booking: BookingId): Promise<FeedEntry | null>;
  /** Drops a booking from every feed. Idempotent. */
  forget(booking: BookingId): Promise<void>;
  /** Entries of a feed that end after `endsAfter` and are not cancelled, or were cancelled after `cancelledAfter` (ISO 8601 UTC), by start. */
  list(feed: Feed, since: { endsAfter: string; cancelledAfter: string }): Promise<readonly FeedEntry[]>;
}

const factsOnly = ({
  uid,
  status,
  start,
  end,
  summary,
  location,
  description,
  geo,
}: FeedFacts): FeedFacts => ({
  uid,
  status,
  start,
  end,
  summary,
  location,
  description,
  geo,
});

export const feedDigest = (facts: FeedFacts): string => digestOf(factsOnly(facts));

/** What a feed says next about a booking: the entry before when it says the same already. */
export function nextEntry(
  before: FeedEntry | null,
  booking: BookingId,
  { revision, at }: { readonly revision: number; readonly at: string },
  facts: FeedFacts,
): FeedEntry {
  if (before && feedDigest(before) === feedDigest(facts)) return before;
  return {
    ...factsOnly(facts),
    booking,
    sequence: Math.max(revision, (before?.sequence ?? 0) + 1),
    changedAt: at,
  };
}
