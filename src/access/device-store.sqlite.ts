import type { Sqlite } from '#platform/sqlite.ts';
import type { DeviceStore } from './device-store.ts';

/** Devices in SQLite. */
export function sqliteDeviceStore(db: Sqlite): DeviceStore {
  db.migrate('access devices', [
    `CREATE TABLE devices (
      door TEXT NOT NULL,
      person TEXT NOT NULL,
      hash TEXT NOT NULL,
      seen_at TEXT NOT NULL,
      PRIMARY KEY (door, person, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX devices_seen ON devices (seen_at);`,
  ]);

  return {
    knows: async ({ door, person, hash }) =>
      db.get('SELECT 1 FROM devices WHERE door = ? AND person = ? AND hash = ?', door, person, hash) !==
      undefined,

    remember: ({ door, person, hash }, at, forgetBefore) =>
      db.write(tx => {
        tx.run('DELETE FROM devices WHERE seen_at < ?', forgetBefore);
        tx.run(
          `INSERT INTO devices (door, person, hash, seen_at) VALUES (?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET seen_at = max(seen_at, excluded.seen_at)`,
          door,
          person,
          hash,
          at,
        );
      }),
  };
}
