import { keep } from '#platform/indexed.ts';
import type { Table } from '#platform/table.ts';
import { type Feed, type FeedEntry, type FeedStore, nextEntry } from './feed-store.ts';

/** Feeds in a table: one partition a feed. */
export function dynamoFeedStore(table: Table): FeedStore {
  const of = ({ kind, subject }: Feed) => `FEED#${kind}#${subject}`;
  const at = (feed: Feed, booking: string) => ({ pk: of(feed), sk: `BOOKING#${booking}` });
  const feedsOf = (booking: string) => `FEEDS-OF#${booking}`;
  const entries = (feed: Feed) => (entry: FeedEntry) => [
    { pk: feedsOf(entry.booking), sk: JSON.stringify([feed.kind, feed.subject]) },
    {
      pk: of(feed),
      sk:
        entry.status === 'CANCELLED'
          ? `OFF#${entry.changedAt}#${entry.booking}`
          : `ON#${entry.end.at}#${entry.booking}`,
    },
  ];
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
        const before = await unit.get<FeedEntry>(at(feed, booking));
        const entry = nextEntry(before, booking, as, facts);
        if (entry !== before) await keep(unit, at(feed, booking), entry, entries(feed));
        return entry;
      }),
    find: (feed, booking) => table.get<FeedEntry>(at(feed, booking)),
    async forget(booking) {
      for (const { sk } of await table.list({ pk: feedsOf(booking) })) {
        const [kind, subject] = JSON.parse(sk) as [Feed['kind'], string];
        const feed = { kind, subject };
        await table.unit(unit => keep<FeedEntry>(unit, at(feed, booking), null, entries(feed)));
      }
    },
    async list(feed, { endsAfter, cancelledAfter }) {
      const found = [...(await after(feed, 'ON', endsAfter)), ...(await after(feed, 'OFF', cancelledAfter))];
      const key = (entry: FeedEntry) => `${entry.start.at} ${entry.booking}`;
      return found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
    },
  };
}
