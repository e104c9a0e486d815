import type { FeedEvent, FeedTrouble } from './feed-in.ts';

/** What is known of a marketplace's calendar. */
export type FeedState = {
  /** Id of the feed, `{source}/{vessel}`. */
  readonly feed: string;
  /** The last good copy, and when it was last known to be current (ISO 8601 UTC; null before the first). */
  readonly events: readonly FeedEvent[];
  readonly goodAt: string | null;
  /** Entries of it that could not be taken. */
  readonly unread: number;
  /** What to send along so that an unchanged calendar is not sent again. */
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly triedAt: string;
  /** Not before, ISO 8601 UTC. */
  readonly nextAt: string;
  readonly trouble: FeedTrouble | null;
  /** So much vanished at once that it is not believed until a person does. */
  readonly alarm: FeedAlarm | null;
};

export type FeedAlarm = {
  readonly since: string;
  /** So many of the entries ahead are gone. */
  readonly gone: number;
  readonly of: number;
  /** What the calendar says instead. */
  readonly instead: readonly FeedEvent[];
};

/** Keeps what is known of every marketplace's calendar. Writes are durable when they resolve. */
export interface FeedInStore {
  put(state: FeedState): Promise<void>;
  find(feed: string): Promise<FeedState | null>;
}
