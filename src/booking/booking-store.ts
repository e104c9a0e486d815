import type { Booking, BookingId, BookingStatus } from './booking.ts';
import type { Judge } from './draft.ts';
import type { Message } from './message.ts';
import type { Part, SplitWord } from './parts.ts';
import type { Problem } from './problem.ts';

/**
 * Remembers every message and what they add up to. The booking is its own outbox: a revision that fulfilment has not
 * yet made true everywhere stands in `unfulfilled`.
 */
export interface BookingStore {
  /**
   * Adds a message and brings its booking up to date, in one atomic and durable write; idempotent by source and
   * messageId. Finds the booking by any of the message's names; where a message shows that two bookings are one, the
   * younger is absorbed: its messages and names move, and it ends as cancelled. `judge` decides inside the write: what
   * it refuses is not kept.
   */
  record(message: Message, judge: Judge): Promise<Recorded>;
  /** What a booking could be split into, were it taken for one by mistake. */
  parts(id: BookingId): Promise<readonly Part[]>;
  /**
   * Splits a booking in one atomic and durable write: what was said under the names of the part goes to the booking it was
   * before, or to a new one, and what comes in under them later does, too. `judge` decides about both as they then are; where
   * it refuses one, nothing is done.
   */
  split(id: BookingId, part: Part, word: SplitWord, judge: Judge): Promise<Split>;
  find(id: BookingId): Promise<Booking | null>;
  /** The booking as of a revision. Names and origins are those known now, since they do not make a revision. */
  at(id: BookingId, revision: number): Promise<Booking | null>;
  /** By a name it has or had; `desk` and an id finds the booking that id was absorbed into, if any. */
  byName(source: string, externalId: string): Promise<Booking | null>;
  /** By start, soonest first unless asked otherwise; without those absorbed by another. */
  list(filter: BookingFilter): Promise<readonly Booking[]>;
  /** Everything ever said about it, in the order in which it was heard. */
  messages(id: BookingId): Promise<readonly Heard[]>;
  /** Bookings with a revision that is not fulfilled, the longest waiting first. */
  unfulfilled(limit: number): Promise<readonly Booking[]>;
  /** Notes that every surface speaks as of this revision. Idempotent; an older revision than the last noted changes nothing. */
  markFulfilled(id: BookingId, revision: number): Promise<void>;
  /**
   * Drops who the guest is: from the booking, all its revisions and messages, those it absorbed, and the search index. From
   * then on what comes in under any of its names changes nothing and is not kept, and nothing waits to be fulfilled.
   * Said again, it has the guest erased from everywhere else once more.
   */
  forget(id: BookingId): Promise<void>;
  /** Notes that the guest is gone from everywhere else, too. Idempotent. */
  markErased(id: BookingId): Promise<void>;
  /**
   * Whose guest is to be erased: forgotten but not yet gone from everywhere, or over since before this instant (ISO 8601
   * UTC); of those that never took shape, heard of before it. Those that began first come first.
   */
  toErase(overBefore: string, limit: number): Promise<readonly BookingId[]>;
  /** How many bookings there are, cancelled ones included, absorbed ones not. */
  count(): Promise<number>;
}

export type BookingFilter = {
  /** Starts at this instant or later, ISO 8601 UTC. */
  from?: string;
  /** Starts before this instant, ISO 8601 UTC. */
  to?: string;
  status?: BookingStatus;
  vessel?: string;
  /** Words, each the beginning of one in the guest's name, address, phone or any name of the booking; case and accents do not matter. */
  text?: string;
  /** At most this many; 100 if not said. */
  limit?: number;
  /** The latest start first, as for trips that are over. */
  latestFirst?: boolean;
  /** The last booking of the page before. */
  after?: BookingId;
};

/** Two bookings where there was one: the one that was split, and the other. */
export type Split =
  | { readonly kind: 'split'; readonly booking: Booking; readonly other: Booking }
  | { readonly kind: 'refused'; readonly problems: readonly [Problem, ...Problem[]] };

/** A message and when it was heard, ISO 8601 UTC. */
export type Heard = { readonly message: Message; readonly recordedAt: string };

/**
 * What a message did. `unchanged`: nothing people see. `remembered`: kept, but the booking is off and was before, or
 * never was on; no surface hears of it. Also where the guest was forgotten: then nothing is kept. `refused`: not kept, and why.
 */
export type Recorded =
  | {
      readonly kind: 'created' | 'changed' | 'cancelled' | 'unchanged';
      readonly booking: Booking;
      /** Bookings that turned out to be this one, now or earlier. */
      readonly absorbed: readonly BookingId[];
    }
  | { readonly kind: 'remembered'; readonly booking: Booking | null; readonly absorbed: readonly BookingId[] }
  | { readonly kind: 'refused'; readonly problems: readonly [Problem, ...Problem[]] };
