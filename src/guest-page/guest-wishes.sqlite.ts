import type { Sqlite } from '#platform/sqlite.ts';
import { type GuestWishes, noWishes, type Wishes } from './guest-wishes.ts';

/** The wishes of the embedded edition. */
export function sqliteGuestWishes(db: Sqlite): GuestWishes {
  db.migrate('guest-wishes', [
    'CREATE TABLE guest_wishes (booking TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID',
  ]);
  return {
    async of(booking) {
      const row = db.get<{ body: string }>('SELECT body FROM guest_wishes WHERE booking = ?', booking);
      return row ? (JSON.parse(row.body) as Wishes) : noWishes;
    },
    async put(booking, wishes) {
      await db.write(tx =>
        tx.run('INSERT OR REPLACE INTO guest_wishes VALUES (?, ?)', booking, JSON.stringify(wishes)),
      );
    },
    async forget(booking) {
      await db.write(tx => tx.run('DELETE FROM guest_wishes WHERE booking = ?', booking));
    },
  };
}
