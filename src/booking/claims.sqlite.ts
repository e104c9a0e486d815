import { type Clock, exact, isoInstant } from '#lib/clock.ts';
import type { Sqlite, Transaction } from '#platform/sqlite.ts';
import type { Claim, Claimed, Claims } from './claims.ts';

const ddl = [
  `CREATE TABLE claims (
     what TEXT NOT NULL, holder TEXT NOT NULL, fromAt TEXT NOT NULL, untilAt TEXT NOT NULL, expiresAt TEXT,
     why TEXT NOT NULL, PRIMARY KEY (what, holder)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX claims_by_end ON claims (what, untilAt);
   CREATE INDEX claims_by_holder ON claims (holder);`,
];

/** Claims in SQLite: one writer at a time, so that looking and taking are one. */
export function sqliteClaims(db: Sqlite, clock: Clock): Claims {
  db.migrate('claims', ddl);
  const live = (tx: Pick<Transaction, 'all'>, where: string, ...values: string[]) =>
    tx
      .all<ClaimRow>(
        `SELECT * FROM claims WHERE ${where} AND (expiresAt IS NULL OR expiresAt > ?) ORDER BY fromAt, holder`,
        ...values,
        isoInstant(clock.now()),
      )
      .map(claimIn);

  return {
    take: (claim, how, besides = claim.holder) =>
      db.write(tx => {
        const from = exact(claim.from);
        const until = exact(claim.until);
        const against = live(
          tx,
          'what = ? AND untilAt > ? AND fromAt < ? AND holder <> ? AND holder <> ?',
          claim.what,
          from,
          until,
          claim.holder,
          besides,
        );
        if (against.length > 0 && how === 'if free') return { kind: 'busy', against };
        putClaim(tx, claim);
        return { kind: 'taken', against };
      }),
    release: (what, holder) =>
      db.write(tx => {
        tx.run('DELETE FROM claims WHERE what = ? AND holder = ?', what, holder);
      }),
    of: async holder => live(db, 'holder = ?', holder),
    ahead: async (what, from) => live(db, 'what = ? AND untilAt > ?', what, exact(from)),
  };
}

/** Puts a claim in the place of what its holder had of the thing. */
export function putClaim(tx: Transaction, { what, holder, from, until, expiresAt, why }: Claim): void {
  tx.run(
    'INSERT OR REPLACE INTO claims (what, holder, fromAt, untilAt, expiresAt, why) VALUES (?, ?, ?, ?, ?, ?)',
    what,
    holder,
    exact(from),
    exact(until),
    expiresAt === null ? null : exact(expiresAt),
    why,
  );
}

/** A claim as a row. */
export type ClaimRow = {
  what: Claimed;
  holder: string;
  fromAt: string;
  untilAt: string;
  expiresAt: string | null;
  why: string;
};

export const claimIn = ({ what, holder, fromAt, untilAt, expiresAt, why }: ClaimRow): Claim => ({
  what,
  holder,
  from: fromAt,
  until: untilAt,
  expiresAt,
  why,
});
