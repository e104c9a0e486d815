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
  `CREATE INDEX claims_by_length ON claims (what, julianday(untilAt) - julianday(fromAt));
   CREATE TABLE claims_against (
     what TEXT NOT NULL, holder TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (what, holder, other)
   ) STRICT, WITHOUT ROWID;
   INSERT INTO claims_against
     SELECT one.what, one.holder, other.holder FROM claims one JOIN claims other
       ON other.what = one.what AND other.holder <> one.holder
       AND other.untilAt > one.fromAt AND other.untilAt <= one.untilAt;`,
];

/** Those of one thing (?1) between two moments (?2, ?3). However many follow: one that ends later than this is too long to exist. */
const during = `what = ?1 AND untilAt > ?2 AND fromAt < ?3 AND untilAt < strftime(
  '%Y-%m-%dT%H:%M:%fZ',
  julianday(?3) + (SELECT max(julianday(untilAt) - julianday(fromAt)) FROM claims WHERE what = ?1) + 0.001
)`;

/**
 * Claims in SQLite: one writer at a time, so that looking and taking are one. Who stands against whom is kept as it comes
 * about, because the desk asks for it on every page, and years of trips may be ahead.
 */
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
        const ours = [claim.holder, besides];
        const against = live(tx, during, claim.what, from, until).filter(
          ({ holder }) => !ours.includes(holder),
        );
        if (against.length > 0 && how === 'if free') return { kind: 'busy', against };
        putClaim(tx, claim);
        return { kind: 'taken', against };
      }),
    release: (what, holder) =>
      db.write(tx => {
        tx.run('DELETE FROM claims WHERE what = ? AND holder = ?', what, holder);
        forgetAgainst(tx, what, holder);
      }),
    of: async holder => live(db, 'holder = ?', holder),
    ahead: async (what, from) => live(db, 'what = ? AND untilAt > ?', what, exact(from)),
    during: async (what, from, until) => live(db, during, what, exact(from), exact(until)),
    contested: async (what, from) => live(db, `${contested} AND +untilAt > ?2`, what, exact(from)),
  };
}

/** Found by their holders: the `+` keeps SQLite from going through everything that is ahead instead. */
const contested = `what = ?1 AND holder IN (
  SELECT holder FROM claims_against WHERE what = ?1 UNION SELECT other FROM claims_against WHERE what = ?1
)`;

/** Puts a claim in the place of what its holder had of the thing. */
export function putClaim(tx: Transaction, { what, holder, from, until, expiresAt, why }: Claim): void {
  forgetAgainst(tx, what, holder);
  tx.run(
    'INSERT OR REPLACE INTO claims (what, holder, fromAt, untilAt, expiresAt, why) VALUES (?, ?, ?, ?, ?, ?)',
    what,
    holder,
    exact(from),
    exact(until),
    expiresAt === null ? null : exact(expiresAt),
    why,
  );
  tx.run(
    `INSERT INTO claims_against (what, holder, other) SELECT what, ?4, holder FROM claims WHERE ${during} AND holder <> ?4`,
    what,
    exact(from),
    exact(until),
    holder,
  );
}

function forgetAgainst(tx: Transaction, what: string, holder: string): void {
  tx.run('DELETE FROM claims_against WHERE what = ?1 AND (holder = ?2 OR other = ?2)', what, holder);
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
