import type { Belief, BeliefState } from '#booking/surface.ts';
import { opened, sealed } from '#lib/sealed.ts';
import type { Sqlite, Transaction } from '#platform/sqlite.ts';
import { type Beliefs, emptyStanding, type LetterOutcome, type Standing, settled, tally } from './beliefs.ts';

type Row = { body: string };

const ddl = [
  `CREATE TABLE beliefs (
     booking TEXT NOT NULL, surface TEXT NOT NULL, recipient TEXT NOT NULL,
     state TEXT NOT NULL, at TEXT NOT NULL, awaiting TEXT, body TEXT NOT NULL,
     PRIMARY KEY (booking, surface, recipient)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX beliefs_awaiting ON beliefs (awaiting) WHERE awaiting IS NOT NULL;
   CREATE INDEX beliefs_troubled ON beliefs (at) WHERE state IN ('failing', 'stuck');`,
];

export function sqliteBeliefs(db: Sqlite): Beliefs {
  db.migrate('beliefs', ddl);
  return {
    async of(booking, surface) {
      const sql = `SELECT body FROM beliefs WHERE booking = ?${surface ? ' AND surface = ?' : ''} ORDER BY surface, recipient`;
      return read(db.all<Row>(sql, booking, ...(surface ? [surface] : [])));
    },
    async put(belief) {
      await db.writeSoon(tx => putBelief(tx, belief));
    },
    async putDurably(belief) {
      await db.write(tx => putBelief(tx, belief));
    },
    letterSettled(letter, outcome) {
      return db.writeSoon(tx => settleBeliefs(tx, letter, outcome));
    },
    async forget(booking, except) {
      await db.write(tx =>
        tx.run('DELETE FROM beliefs WHERE booking = ? AND surface IS NOT ?', booking, except ?? null),
      );
    },
    async troubled(limit) {
      return read(
        db.all<Row>(
          "SELECT body FROM beliefs WHERE state IN ('failing', 'stuck') ORDER BY at LIMIT ?",
          limit,
        ),
      );
    },
    async summary(bookings) {
      const found = new Map<string, Standing>();
      for (const booking of bookings) {
        const standing = emptyStanding();
        const counts = db.all<{ state: BeliefState; n: number }>(
          'SELECT state, count(*) AS n FROM beliefs WHERE booking = ? GROUP BY state',
          booking,
        );
        for (const { state, n } of counts) {
          standing[tally(state)] += n;
        }
        found.set(booking, standing);
      }
      return found;
    },
  };
}

const read = (rows: readonly Row[]) => rows.map(row => opened<Belief>(row.body));

/** `letterSettled` as part of somebody else's commit. */
export function settleBeliefs(tx: Transaction, letter: string, outcome: LetterOutcome): readonly string[] {
  const waiting = read(tx.all<Row>('SELECT body FROM beliefs WHERE awaiting = ?', letter));
  for (const belief of waiting) putBelief(tx, settled(belief, outcome));
  return waiting.map(belief => belief.booking);
}

/** Puts a belief in the place of what was believed there. */
export function putBelief(tx: Transaction, belief: Belief): void {
  const { booking, surface, recipient, state, at, awaiting } = belief;
  tx.run(
    `INSERT INTO beliefs (booking, surface, recipient, state, at, awaiting, body) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (booking, surface, recipient) DO UPDATE
     SET state = excluded.state, at = excluded.at, awaiting = excluded.awaiting, body = excluded.body`,
    booking,
    surface,
    recipient,
    state,
    at,
    awaiting,
    sealed(belief),
  );
}
