/** A marketplace's calendar of one vessel, read from time to time. */
export type FeedIn = {
  /** `{source}/{vessel}`. */
  readonly id: string;
  readonly source: string;
  readonly vessel: string;
  /** A secret, as calendar addresses are. */
  readonly url: string;
  /** Whether it writes whole days for trips of a few hours. */
  readonly roundsToDays: boolean;
};

/** One entry of such a calendar. It is no booking: it names nobody, so it can only bear one out or keep time free. */
export type FeedEvent = {
  /** As it stands there; not every marketplace keeps it from one reading to the next. */
  readonly uid: string;
  /** `blocked`: the owner or another calendar keeps the time free, nobody has booked. */
  readonly kind: 'reserved' | 'blocked';
  /** ISO 8601 UTC, the widest reading where a local time comes twice. */
  readonly from: string;
  readonly until: string;
  /** Local days, the last one not included; null where it has times. */
  readonly days: { readonly from: string; readonly until: string } | null;
};

/** What reading a calendar gave. `unread`: entries that say a time in no way that is taken, recurring ones among them. */
export type FeedRead =
  | { readonly kind: 'read'; readonly events: readonly FeedEvent[]; readonly unread: number }
  | { readonly kind: 'unreadable'; readonly code: FeedTroubleCode; readonly reason: string };

/** Reads a calendar's bytes somewhere where they can do no harm. Never throws. */
export type ReadFeed = (bytes: Uint8Array, zone: string) => Promise<FeedRead>;

export type FeedTroubleCode =
  | 'feed-unreachable'
  | 'feed-refused'
  | 'feed-not-calendar'
  | 'feed-truncated'
  | 'feed-too-many'
  | 'feed-too-slow';

/** Why the last good copy is what counts. */
export type FeedTrouble = {
  readonly code: FeedTroubleCode;
  readonly reason: string;
  /** Since when, ISO 8601 UTC. */
  readonly since: string;
  /** How often in a row. */
  readonly times: number;
};

/** More events than any vessel has, and fewer than would hurt. */
export const mostEvents = 5000;
