import type { Sqlite } from '#platform/sqlite.ts';
import type { Scope } from './service-key.ts';
import type { ServiceKeyStore, StoredKey } from './service-key-store.ts';

/** Service keys in SQLite. */
export function sqliteServiceKeyStore(db: Sqlite): ServiceKeyStore {
  db.migrate('access service keys', [
    `CREATE TABLE service_keys (
      id TEXT PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      label TEXT NOT NULL,
      scopes TEXT NOT NULL,
      created_at TEXT NOT NULL,
      revoked_at TEXT
    ) STRICT;
    CREATE INDEX service_keys_label ON service_keys (label) WHERE revoked_at IS NULL;`,
  ]);

  return {
    add: (key, most) =>
      db.write(tx => {
        const active = tx.get<{ n: number }>(
          'SELECT count(*) AS n FROM service_keys WHERE label = ? AND revoked_at IS NULL',
          key.label,
        );
        if (Number(active?.n) >= most) return 'full' as const;
        tx.run(
          'INSERT INTO service_keys (id, hash, label, scopes, created_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?)',
          key.id,
          key.hash,
          key.label,
          JSON.stringify(key.scopes),
          key.createdAt,
          key.revokedAt,
        );
        return 'added' as const;
      }),

    async findActive(hash) {
      const row = db.get<KeyRow>('SELECT * FROM service_keys WHERE hash = ? AND revoked_at IS NULL', hash);
      return row ? fromRow(row) : null;
    },

    list: async () =>
      db.all<KeyRow>('SELECT * FROM service_keys ORDER BY created_at DESC, rowid DESC').map(fromRow),

    revoke: (id, at) =>
      db.write(
        tx => tx.run('UPDATE service_keys SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?', at, id) > 0,
      ),
  };
}

/** A service key as a row. */
export type KeyRow = {
  id: string;
  hash: string;
  label: string;
  scopes: string;
  created_at: string;
  revoked_at: string | null;
};

export const fromRow = (row: KeyRow): StoredKey => ({
  id: row.id,
  hash: row.hash,
  label: row.label,
  scopes: JSON.parse(row.scopes) as Scope[],
  createdAt: row.created_at,
  revokedAt: row.revoked_at,
});
