import { keep } from '#platform/indexed.ts';
import type { Place, Table } from '#platform/table.ts';
import { type Feed, type FeedEntry, type FeedStore, nextEntry } from './feed-store.ts';

const of = ({ kind, subject }: Feed) => `FEED#${kind}#${subject}`;
const feedsOf = (booking: string) => `FEEDS-OF#${booking}`;

/** Where it lies what a feed says of a booking. */
export const feedEntryAt = (feed: Feed, booking: string): Place => ({
  pk: of(feed),
  sk: `BOOKING#${booking}`,
});

/** By what it is found: its booking, and its end or when it was cancelled. */
export const feedEntries =
  (feed: Feed) =>
  (entry: FeedEntry): readonly Place[] => [
    { pk: feedsOf(entry.booking), sk: JSON.stringify([feed.kind, feed.subject]) },
    {
      pk: of(feed),
      sk:
        entry.status === 'CANCELLED'
          ? `OFF#${entry.changedAt}#${entry.booking}`
          : `ON#${entry.end.at}#${entry.booking}`,
    },
  ];

/** Feeds in a table: one partition a feed. */
export function dynamoFeedStore(table: Table): FeedStore {
  const after = async (feed: Feed, word: string, instant: string) =>
    (
      await table.list<FeedEntry>({
        pk: of(feed),
        from: `${word}#${instant}#\u{10ffff}`,
        to: `${word}#\u{10ffff}`,
      })
    ).map(({ value }) => value);

  return {
    put: (feed, booking, as, facts) =>
      table.unit(async unit => {
        const before = await unit.get<FeedEntry>(feedEntryAt(feed, booking));
        const entry = nextEntry(before, booking, as, facts);
        if (entry !== before) await keep(unit, feedEntryAt(feed, booking), entry, feedEntries(feed));
        return entry;
      }),
    find: (feed, booking) => table.get<FeedEntry>(feedEntryAt(feed, booking)),
    async forget(booking) {
      for (const { sk } of await table.list({ pk: feedsOf(booking) })) {
        const [kind, subject] = JSON.parse(sk) as [Feed['kind'], string];
        const feed = { kind, subject };
        await table.unit(unit => keep<FeedEntry>(unit, feedEntryAt(feed, booking), null, feedEntries(feed)));
      }
    },
    async list(feed, { endsAfter, cancelledAfter }) {
      const found = [...(await after(feed, 'ON', endsAfter)), ...(await after(feed, 'OFF', cancelledAfter))];
      const key = (entry: FeedEntry) => `${entry.start.at} ${entry.booking}`;
      return found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
    },
  };
}
