import type { Belief, BeliefState } from '#booking/surface.ts';
import { opened, sealed } from '#lib/sealed.ts';
import type { Sqlite } from '#platform/sqlite.ts';
import { type Beliefs, emptyStanding, type Standing, settled, tally } from './beliefs.ts';

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
  const read = (rows: readonly Row[]) => rows.map(row => opened<Belief>(row.body));
  const upsert = `INSERT INTO beliefs (booking, surface, recipient, state, at, awaiting, body) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (booking, surface, recipient) DO UPDATE
    SET state = excluded.state, at = excluded.at, awaiting = excluded.awaiting, body = excluded.body`;
  const values = (b: Belief) =>
    [b.booking, b.surface, b.recipient, b.state, b.at, b.awaiting, sealed(b)] as const;

  return {
    async of(booking, surface) {
      const sql = `SELECT body FROM beliefs WHERE booking = ?${surface ? ' AND surface = ?' : ''} ORDER BY surface, recipient`;
      return read(db.all<Row>(sql, booking, ...(surface ? [surface] : [])));
    },
    async put(belief) {
      await db.writeSoon(tx => tx.run(upsert, ...values(belief)));
    },
    async putDurably(belief) {
      await db.write(tx => tx.run(upsert, ...values(belief)));
    },
    letterSettled(letter, outcome) {
      return db.writeSoon(tx => {
        const waiting = read(tx.all<Row>('SELECT body FROM beliefs WHERE awaiting = ?', letter));
        for (const belief of waiting) tx.run(upsert, ...values(settled(belief, outcome)));
        return waiting.map(belief => belief.booking);
      });
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
