import type { Sqlite } from '#platform/sqlite.ts';
import type { Settlement, Settlements } from './settlements.ts';

export function sqliteSettlements(db: Sqlite): Settlements {
  db.migrate('settlements', [
    `CREATE TABLE settlements (
       conflict TEXT PRIMARY KEY, by TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL
     ) STRICT, WITHOUT ROWID`,
  ]);
  return {
    settle: ({ conflict, by, at, why }) =>
      db.write(tx => {
        tx.run('INSERT OR REPLACE INTO settlements VALUES (?, ?, ?, ?)', conflict, by, at, why);
      }),
    reopen: conflict =>
      db.write(tx => {
        tx.run('DELETE FROM settlements WHERE conflict = ?', conflict);
      }),
    find: async conflict =>
      db.get<Settlement>('SELECT * FROM settlements WHERE conflict = ?', conflict) ?? null,
  };
}
