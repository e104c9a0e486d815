import * as z from 'zod';
import type { FeedIn, ReadFeed } from '#intake/feeds-in/feed-in.ts';
import { type FeedsIn, followFeeds } from '#intake/feeds-in/follow-feeds.ts';
import type { Outside } from '#platform/outside.ts';
import { type Operations, operation, text } from '../operations/operations.ts';
import type { RoomOptions } from './parts.ts';
import type { Rooms } from './rooms.ts';

/** Marketplaces' calendars as configured, followed on this machine. */
export function feedsIn(of: Rooms, options: RoomOptions, outside: Outside, read: ReadFeed): FeedsIn {
  const { config, clock, random, log } = options;
  const feeds = config.shape.sources.flatMap(({ id: source, feeds: declared }) =>
    declared.map(
      ({ vessel, roundsToDays }): FeedIn => ({
        id: `${source}/${vessel}`,
        source,
        vessel,
        url: config.secret(`${source} calendar of ${vessel}`) ?? '',
        roundsToDays,
      }),
    ),
  );
  return followFeeds({
    feeds,
    store: of.feedsIn,
    outside,
    read,
    bookings: of.bookings,
    claims: of.claims,
    fleet: config.fleet,
    clock,
    random,
    log,
    count: of.numbers.count,
  });
}

/** Marketplaces' calendars at the command line. */
export function feedInOperations(feeds: FeedsIn): Operations {
  const input = z.object({ feed: text });
  return {
    'feed list': operation(z.object({}), async () => ({ feeds: await feeds.shown() })),
    'feed read': operation(input, async ({ feed }) => ({ feeds: [await feeds.readNow(feed)] })),
    'feed believe': operation(input, async ({ feed }) => {
      await feeds.believe(feed);
      return { feeds: (await feeds.shown()).filter(shown => shown.feed.id === feed) };
    }),
  };
}
