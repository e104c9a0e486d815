import type { Booking } from '#booking/booking.ts';
import type { BookingStore } from '#booking/booking-store.ts';
import type { Claim, Claimed, Claims } from '#booking/claims.ts';
import type { Fleet } from '#booking/fleet.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import type { Random } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { epochOf } from '#lib/zoned.ts';
import type { Log } from '#platform/log.ts';
import type { Outside } from '#platform/outside.ts';
import { askFeed } from './ask-feed.ts';
import type { FeedEvent, FeedIn, ReadFeed } from './feed-in.ts';
import type { FeedInStore, FeedState } from './feed-in-store.ts';
import { type FeedMatch, massVanished, matchFeed, spanKey, unseenBy } from './match-feed.ts';

/** What following marketplaces' calendars works with. */
export type FeedRoom = {
  feeds: readonly FeedIn[];
  store: FeedInStore;
  outside: Outside;
  read: ReadFeed;
  bookings: Pick<BookingStore, 'list'>;
  claims: Claims;
  fleet: Fleet;
  clock: Clock;
  random: Random;
  log: Log;
  /** One more reading of a calendar, with its source and `read`, `unchanged` or the code of its trouble. */
  count: (name: 'feeds_read', labels: { source: string; outcome: string }) => void;
};

/** A calendar as the desk shows it. */
export type FeedShown = {
  readonly feed: Omit<FeedIn, 'url'>;
  /** Null before it was read for the first time. */
  readonly state: FeedState | null;
  /** The entries ahead, soonest first. */
  readonly matches: readonly FeedMatch[];
  /** Bookings of the marketplace that it does not show, known for longer than marketplaces take to write them down. */
  readonly unseen: readonly Booking[];
};

export type FeedsIn = {
  /**
   * Reads what is due, then brings what is kept free up to date. Safe at any time and to repeat: whoever asks while it goes
   * on waits for the same.
   */
  follow(): Promise<void>;
  /** Waits for what is being followed, up to ten seconds; begins nothing. */
  followed(): Promise<void>;
  /** Reads one now. Throws `calendar-unknown`. */
  readNow(feed: string): Promise<FeedShown>;
  /** A person says that what an alarm is about is true. Throws `calendar-unknown`, `feed-no-alarm`. */
  believe(feed: string): Promise<void>;
  shown(): Promise<readonly FeedShown[]>;
};

/** Minutes between readings, and by how many more they are spread out so that not all ask at once. */
const everyMinutes = 15;
const jitterMinutes = 3;

/** Hours a marketplace may take until a booking stands in its calendar. */
const graceHours = 24;

const mostBookings = 1000;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * Follows marketplaces' calendars. What they say never makes, changes or cancels a booking: an entry bears a booking out, or
 * keeps its time free; what stands against a booking is a conflict for a person. What is gone is let go of, unless so much is
 * gone at once that it is not believed.
 */
export function followFeeds(room: FeedRoom): FeedsIn {
  const { feeds, store, clock } = room;
  const now = () => isoInstant(clock.now());

  const shownOf = async (feed: FeedIn): Promise<FeedShown> => {
    const state = await store.find(feed.id);
    const { url: _secret, ...shown } = feed;
    const ahead = (state?.events ?? []).filter(({ until }) => until > now());
    const bookings = await bookingsNear(room, feed);
    const matches = matchFeed(feed, ahead, bookings).toSorted((a, b) =>
      a.event.from < b.event.from ? -1 : 1,
    );
    const known = isoInstant(clock.now() - graceHours * 60 * minuteMs);
    const old = bookings.filter(
      ({ recordedAt, start }) => recordedAt < known && epochOf(start) > clock.now(),
    );
    return { feed: shown, state, matches, unseen: state?.goodAt ? unseenBy(feed, matches, old) : [] };
  };
  const known = (id: string): FeedIn => {
    const feed = feeds.find(one => one.id === id);
    if (feed) return feed;
    throw new Refusal(
      'calendar-unknown',
      `There is no calendar ${id.slice(0, 90)}.`,
      `Use one of: ${feeds.map(one => one.id).join(', ')}.`,
    );
  };
  const keepFree = async (feed: FeedIn) => {
    const { matches } = await shownOf(feed);
    await syncClaims(room, feed, matches);
  };

  const followOne = async (feed: FeedIn) => {
    const state = await store.find(feed.id);
    if (!state || state.nextAt <= now()) await readOne(room, feed, state);
    await keepFree(feed);
  };
  let following: Promise<void> | null = null;

  return {
    follow() {
      following ??= Promise.all(feeds.map(followOne))
        .then(
          () => {},
          error => room.log.error('calendars could not be followed', { error }),
        )
        .finally(() => {
          following = null;
        });
      return following;
    },
    followed: async () => following ?? undefined,
    async readNow(id) {
      const feed = known(id);
      await readOne(room, feed, await store.find(id));
      await keepFree(feed);
      return shownOf(feed);
    },
    async believe(id) {
      const feed = known(id);
      const state = await store.find(id);
      if (!state?.alarm)
        throw new Refusal(
          'feed-no-alarm',
          'There is nothing to decide about this calendar any more.',
          'Reload the page: it reads as before again.',
        );
      await store.put({ ...state, events: state.alarm.instead, alarm: null });
      await keepFree(feed);
    },
    shown: () => Promise.all(feeds.map(shownOf)),
  };
}

/** Everything of a vessel that an entry ahead could mean. */
function bookingsNear({ bookings, clock }: FeedRoom, { vessel }: FeedIn): Promise<readonly Booking[]> {
  const from = isoInstant(clock.now() - 7 * dayMs);
  return bookings.list({ vessel, from, limit: mostBookings });
}

async function readOne(room: FeedRoom, feed: FeedIn, before: FeedState | null): Promise<void> {
  const at = isoInstant(room.clock.now());
  const [jitter = 0] = room.random.bytes(1, 'feeds in');
  const nextAt = isoInstant(
    room.clock.now() + everyMinutes * minuteMs + (jitter / 255) * jitterMinutes * minuteMs,
  );
  const zone = room.fleet.vessel(feed.vessel)?.zone ?? room.fleet.house.zone;
  const asked = await askFeed(room, feed, before, zone);
  const base = { ...(before ?? never), feed: feed.id, triedAt: at, nextAt };
  room.count('feeds_read', {
    source: feed.source,
    outcome: asked.kind === 'trouble' ? asked.code : asked.kind,
  });
  if (asked.kind === 'trouble') {
    const { code, reason } = asked;
    const since = before?.trouble?.since ?? at;
    const times = (before?.trouble?.times ?? 0) + 1;
    if (times === 1) room.log.warn('a calendar cannot be read', { source: feed.source, code });
    return room.store.put({ ...base, trouble: { code, reason, since, times } });
  }
  if (asked.kind === 'unchanged') return room.store.put({ ...base, goodAt: at, trouble: null });
  const { unread, etag, lastModified } = asked;
  // Marketplaces that import our own feed show it again: what we keep free must not keep itself free for ever.
  const events = asked.events.filter(({ uid }) => !uid.endsWith(`@${room.fleet.house.host}`));
  const vanished = massVanished(base.events, events, at);
  if (vanished && !before?.alarm) {
    room.log.error('most of a calendar vanished at once', { source: feed.source, count: vanished.gone });
  }
  const alarm = vanished ? { since: before?.alarm?.since ?? at, ...vanished, instead: events } : null;
  const kept = vanished ? base.events : events;
  await room.store.put({
    ...base,
    events: kept,
    goodAt: at,
    unread,
    etag,
    lastModified,
    trouble: null,
    alarm,
  });
}

const never = {
  events: [],
  goodAt: null,
  unread: 0,
  etag: null,
  lastModified: null,
  trouble: null,
  alarm: null,
};

/** Claims of this calendar: what it should keep free and does not yet is taken, what it need not any more is let go of. */
async function syncClaims(room: FeedRoom, feed: FeedIn, matches: readonly FeedMatch[]): Promise<void> {
  const what: Claimed = `vessel ${feed.vessel}`;
  const prefix = `${feedHolder}${sha256(feed.id).slice(0, 8)}_`;
  const wanted = new Map(
    matches
      .filter(({ bears }) => bears.length === 0)
      .map(({ event }) => [`${prefix}${sha256(spanKey(event)).slice(0, 12)}`, event] as const),
  );
  const held = await room.claims.ahead(what, isoInstant(room.clock.now()));
  const mine = held.filter(({ holder }) => holder.startsWith(prefix));
  for (const { holder } of mine) if (!wanted.has(holder)) await room.claims.release(what, holder);
  const has = new Set(mine.map(({ holder }) => holder));
  for (const [holder, event] of wanted) {
    if (!has.has(holder)) await room.claims.take(claimOf(what, holder, feed, event), 'anyway');
  }
}

/** What the holder of a claim begins with that a marketplace's calendar makes. */
export const feedHolder = 'feed_';

const claimOf = (what: Claimed, holder: string, { source }: FeedIn, event: FeedEvent): Claim => ({
  what,
  holder,
  from: event.from,
  until: event.until,
  expiresAt: null,
  why: `${event.kind === 'reserved' ? 'Reserved' : 'Kept free'} at ${source}, by its calendar`,
});
