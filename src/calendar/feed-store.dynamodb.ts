import { keep } from '#platform/indexed.ts';
import type { Table } from '#platform/table.ts';
import { type Feed, type FeedEntry, type FeedStore, nextEntry } from './feed-store.ts';

/** Feeds in a table: one partition a feed. */
export function dynamoFeedStore(table: Table): FeedStore {
  const of = ({ kind, subject }: Feed) => `FEED#${kind}#${subject}`;
  const at = (feed: Feed, booking: string) => ({ pk: of(feed), sk: `BOOKING#${booking}` });
  const entries = (feed: Feed) => (entry: FeedEntry) => [
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
    async list(feed, { endsAfter, cancelledAfter }) {
      const found = [...(await after(feed, 'ON', endsAfter)), ...(await after(feed, 'OFF', cancelledAfter))];
      const key = (entry: FeedEntry) => `${entry.start.at} ${entry.booking}`;
      return found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
    },
  };
}
