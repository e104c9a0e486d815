import type { Sqlite } from '#platform/sqlite.ts';
import type { FeedInStore, FeedState } from './feed-in-store.ts';

const ddl = ['CREATE TABLE feedsIn (feed TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID;'];

/** Marketplaces' calendars in SQLite, a row each. */
export function sqliteFeedInStore(db: Sqlite): FeedInStore {
  db.migrate('feeds in', ddl);
  return {
    put: state =>
      db.write(tx => {
        tx.run(
          'INSERT OR REPLACE INTO feedsIn (feed, state) VALUES (?, ?)',
          state.feed,
          JSON.stringify(state),
        );
      }),
    async find(feed) {
      const row = db.get<{ state: string }>('SELECT state FROM feedsIn WHERE feed = ?', feed);
      return row ? (JSON.parse(row.state) as FeedState) : null;
    },
  };
}
