import { opened, sealed } from '#lib/sealed.ts';
import type { Sqlite, Transaction } from '#platform/sqlite.ts';
import { type Feed, type FeedEntry, type FeedStore, nextEntry } from './feed-store.ts';

const ddl = [
  `CREATE TABLE feed_entries (
     kind TEXT NOT NULL, subject TEXT NOT NULL, booking TEXT NOT NULL,
     cancelled INTEGER NOT NULL, endAt TEXT NOT NULL, changedAt TEXT NOT NULL, body TEXT NOT NULL,
     PRIMARY KEY (kind, subject, booking)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX feed_entries_on ON feed_entries (kind, subject, endAt) WHERE cancelled = 0;
   CREATE INDEX feed_entries_off ON feed_entries (kind, subject, changedAt) WHERE cancelled = 1;`,
  'CREATE INDEX feed_entries_of ON feed_entries (booking)',
];

export function sqliteFeedStore(db: Sqlite): FeedStore {
  db.migrate('feeds', ddl);
  const one = 'SELECT body FROM feed_entries WHERE kind = ? AND subject = ? AND booking = ?';
  const read = (row: Row | undefined) => (row ? opened<FeedEntry>(row.body) : null);

  return {
    put({ kind, subject }, booking, as, facts) {
      return db.write(tx => {
        const before = read(tx.get<Row>(one, kind, subject, booking));
        const entry = nextEntry(before, booking, as, facts);
        if (entry === before) return before;
        putFeedEntry(tx, { kind, subject }, entry);
        return entry;
      });
    },
    find: async ({ kind, subject }, booking) => read(db.get<Row>(one, kind, subject, booking)),
    async forget(booking) {
      await db.write(tx => tx.run('DELETE FROM feed_entries WHERE booking = ?', booking));
    },
    async list({ kind, subject }, { endsAfter, cancelledAfter }) {
      const rows = [
        ...db.all<Row>(
          'SELECT body FROM feed_entries WHERE cancelled = 0 AND kind = ? AND subject = ? AND endAt > ?',
          kind,
          subject,
          endsAfter,
        ),
        ...db.all<Row>(
          'SELECT body FROM feed_entries WHERE cancelled = 1 AND kind = ? AND subject = ? AND changedAt > ?',
          kind,
          subject,
          cancelledAfter,
        ),
      ];
      const entries = rows.map(row => opened<FeedEntry>(row.body));
      return entries.sort((a, b) => compare(a.start.at, b.start.at) || compare(a.booking, b.booking));
    },
  };
}

/** Puts what a feed says of a booking in its place. */
export function putFeedEntry(tx: Transaction, { kind, subject }: Feed, entry: FeedEntry): void {
  tx.run(
    `INSERT INTO feed_entries (kind, subject, booking, cancelled, endAt, changedAt, body) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (kind, subject, booking) DO UPDATE SET cancelled = excluded.cancelled, endAt = excluded.endAt,
     changedAt = excluded.changedAt, body = excluded.body`,
    kind,
    subject,
    entry.booking,
    entry.status === 'CANCELLED' ? 1 : 0,
    entry.end.at,
    entry.changedAt,
    sealed(entry),
  );
}

type Row = { body: string };

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
