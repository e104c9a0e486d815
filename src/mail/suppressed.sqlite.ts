import { opened, sealed } from '#lib/sealed.ts';
import type { Sqlite, Transaction } from '#platform/sqlite.ts';
import { after, mailboxOf, type Suppressed, type Suppression } from './suppressed.ts';
import { addressNotSuppressed } from './suppressed-refusals.ts';

/** Suppressed addresses in SQLite. */
export function sqliteSuppressed(db: Sqlite): Suppressed {
  db.migrate('suppressed addresses', [
    `CREATE TABLE suppressed (
       address TEXT PRIMARY KEY, at TEXT NOT NULL, allowed INTEGER NOT NULL, body TEXT NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX suppressed_by_time ON suppressed (at, address);`,
  ]);
  const find = (from: Pick<Sqlite, 'get'> | Transaction, address: string) => {
    const row = from.get<Row>('SELECT body FROM suppressed WHERE address = ?', mailboxOf(address));
    return row ? opened<Suppression>(row.body) : null;
  };

  return {
    add: trouble =>
      db.write(tx => {
        const next = after(find(tx, trouble.address), trouble);
        if (next) putSuppression(tx, next);
        return next !== null;
      }),
    find: async address => find(db, address),
    async list({ limit, allowed = false }) {
      return db
        .all<Row>(
          'SELECT body FROM suppressed WHERE allowed <= ? ORDER BY at DESC, address DESC LIMIT ?',
          allowed ? 1 : 0,
          limit,
        )
        .map(({ body }) => opened<Suppression>(body));
    },
    decide: (address, state, decided) =>
      db.write(tx => {
        const before = find(tx, address);
        if (!before) throw addressNotSuppressed(address);
        const next = { ...before, state, decided: state === 'open' ? null : decided };
        putSuppression(tx, next);
        return next;
      }),
    async forget(address) {
      await db.write(tx => tx.run('DELETE FROM suppressed WHERE address = ?', mailboxOf(address)));
    },
  };
}

/** Puts what is known of an address in its place. */
export function putSuppression(tx: Transaction, it: Suppression): void {
  tx.run(
    `INSERT INTO suppressed (address, at, allowed, body) VALUES (?, ?, ?, ?)
     ON CONFLICT (address) DO UPDATE SET at = excluded.at, allowed = excluded.allowed, body = excluded.body`,
    it.address,
    it.at,
    it.state === 'allowed' ? 1 : 0,
    sealed(it),
  );
}

type Row = { body: string };
