import { isoInstant } from '#lib/clock.ts';
import { opened, sealed } from '#lib/sealed.ts';
import type { Sqlite, Transaction } from '#platform/sqlite.ts';
import type { Letter } from './letter.ts';
import { letterTables } from './letter-tables.sqlite.ts';
import type { LetterState, Posted } from './post.ts';
import type { Settled, Tries } from './settle-attempt.ts';

/** A letter under way, with what settling the attempt needs. */
export type UnderWay = Tries & { readonly id: string; readonly attempts: number };

/** A change that has not been told yet; `change` numbers the letter's changes. */
export type Untold = {
  readonly id: string;
  readonly state: LetterState;
  readonly error: string | null;
  readonly change: number;
};

export type LetterRows = ReturnType<typeof letterRows>;

/**
 * The post's table: one row a letter, ordered by `seq`. Instants are epoch ms on the way in and ISO 8601 in the rows. How an
 * attempt ended is written to `settling`, the same file.
 */
export function letterRows(db: Sqlite, settling: Pick<Sqlite, 'write'> = db) {
  db.migrate('mail', letterTables);

  const bump = (tx: Transaction, id: string) =>
    tx.run('UPDATE letters SET change = change + 1 WHERE id = ?', id);

  return {
    find: (id: string) => posted(db.get<Row>(`${select} WHERE id = ?`, id)),

    has: (id: string) => db.get('SELECT 1 FROM letters WHERE id = ?', id) !== undefined,

    list({ about, state, limit = 100 }: { about?: string; state?: LetterState; limit?: number }) {
      const inState = state === undefined ? '' : ' AND state = ?';
      const values = [...(state === undefined ? [] : [state]), limit];
      const found =
        about === undefined
          ? db.all<Row>(`${select} WHERE true${inState} ORDER BY seq DESC LIMIT ?`, ...values)
          : db.all<Row>(
              `${select} WHERE seq IN (SELECT seq FROM letters_about WHERE about = ?)${inState} ORDER BY seq DESC LIMIT ?`,
              about,
              ...values,
            );
      return found.map(row => posted(row) as Posted);
    },

    /** Whether it was new. */
    insert: (letter: Letter, now: number) =>
      db.write(tx => {
        const at = isoInstant(now);
        const added = tx.get<{ seq: number }>(
          `INSERT INTO letters (id, kind, about, recipient, subject, state, posted_at, tried_from, next_at, body)
           VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING seq`,
          letter.id,
          letter.kind,
          JSON.stringify(letter.about),
          letter.to.address,
          letter.subject,
          at,
          at,
          at,
          sealed(letter),
        );
        if (!added) return false;
        for (const about of new Set(letter.about)) {
          tx.run('INSERT INTO letters_about (about, seq) VALUES (?, ?)', about, added.seq);
        }
        return true;
      }),

    /** The longest due first, then in the order posted. */
    due: (now: number, limit: number): UnderWay[] =>
      db
        .all<UnderWayRow>(
          // Left to itself, SQLite looks through every waiting letter and sorts them.
          `SELECT ${underWayColumns} FROM letters INDEXED BY letters_due
           WHERE state = 'waiting' AND next_at <= ? ORDER BY next_at, seq LIMIT ?`,
          isoInstant(now),
          limit,
        )
        .map(underWay),

    /** What is to be handed over; only of a letter that waits. */
    letter: (id: string): Letter =>
      opened<Letter>(String(db.get<{ body: string }>('SELECT body FROM letters WHERE id = ?', id)?.body)),

    nextDueAt(): number | null {
      const at = db.get<{ at: string | null }>(
        "SELECT min(next_at) AS at FROM letters WHERE state = 'waiting'",
      )?.at;
      return at ? Date.parse(at) : null;
    },

    /** Notes, before the attempt, that it is made. False when the letter was recalled meanwhile. */
    putOnWire: (id: string) =>
      db.write(tx => tx.run("UPDATE letters SET on_wire = 1 WHERE id = ? AND state = 'waiting'", id) > 0),

    /** What a crash cut off on the wire. */
    leftOnWire: (): UnderWay[] =>
      db
        .all<UnderWayRow>(`SELECT ${underWayColumns} FROM letters WHERE on_wire = 1 ORDER BY seq`)
        .map(underWay),

    /**
     * How an attempt ended. `held`: anything else would have failed as well. A letter recalled meanwhile stays so unless it went
     * out. `note` takes down in the same commit that it went out; true when that was done and need not be told any more.
     */
    settle: (id: string, end: Settled, now: number, held: boolean, note: (tx: Transaction) => boolean) =>
      settling.write(tx => {
        const attempted = 'UPDATE letters SET on_wire = 0, attempts = attempts + 1, change = change + 1';
        if (end.state === 'sent') {
          const isTold = note(tx);
          tx.run(
            `${attempted}, told = iif(?, change + 1, told), state = 'sent', sent_at = ?, next_at = NULL, held_at = NULL,
               error = NULL, body = NULL
             WHERE id = ?`,
            isTold ? 1 : 0,
            isoInstant(now),
            id,
          );
          return;
        }
        const kept = tx.run(
          `${attempted}, made = made + 1, state = ?, next_at = ?, held_at = ?, error = ?, unclear = ?
           WHERE id = ? AND state = 'waiting'`,
          end.state,
          end.state === 'waiting' ? isoInstant(end.nextAt) : null,
          held ? isoInstant(now) : null,
          end.error,
          end.unclear,
          id,
        );
        if (kept === 0) tx.run('UPDATE letters SET on_wire = 0, unclear = ? WHERE id = ?', end.unclear, id);
      }),

    /** Lets everything that is due wait until then, for the reason that has just stopped one letter and would stop each. */
    holdDue: (now: number, until: number, reason: string) =>
      db.write(tx =>
        tx.run(
          `UPDATE letters SET held_at = ?, next_at = ?, error = ?, change = change + (error IS NOT ?)
           WHERE state = 'waiting' AND on_wire = 0 AND next_at <= ?`,
          isoInstant(now),
          isoInstant(until),
          reason,
          reason,
          isoInstant(now),
        ),
      ),

    /** Makes due at once what was held before `heldBefore`: the way is free again. */
    releaseHeld: (now: number, heldBefore: number) =>
      db.write(tx =>
        tx.run(
          "UPDATE letters SET next_at = ?, held_at = NULL WHERE state = 'waiting' AND held_at <= ?",
          isoInstant(now),
          isoInstant(heldBefore),
        ),
      ),

    isAnyHeld: () =>
      db.get(
        "SELECT 1 FROM letters INDEXED BY letters_held WHERE state = 'waiting' AND held_at IS NOT NULL LIMIT 1",
      ) !== undefined,

    /** The last letter there is. */
    lastSeq: () => Number(db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM letters')?.seq ?? 0),

    /**
     * Whether it was caught for certain: it is not on the wire, now or since a crash. What is not certain is kept with the
     * letter, for whoever asks again after a crash. `isOnWire` is asked in the very moment of the write.
     */
    recall: (id: string, isOnWire: (seq: number) => boolean) =>
      db.write(tx => {
        const row = tx.get<{ seq: number; unclear: number; onWire: number }>(
          "SELECT seq, unclear, on_wire AS onWire FROM letters WHERE id = ? AND state IN ('waiting', 'returned')",
          id,
        );
        if (!row) return false;
        const isCaught = row.unclear === 0 && row.onWire === 0 && !isOnWire(row.seq);
        tx.run(
          "UPDATE letters SET state = 'recalled', next_at = NULL, body = NULL, unclear = max(unclear, ?) WHERE id = ?",
          isCaught ? 0 : 1,
          id,
        );
        bump(tx, id);
        return isCaught;
      }),

    cameBack: (id: string, reason: string) =>
      db.write(tx =>
        tx.run(
          "UPDATE letters SET state = 'recalled', error = ?, unclear = 0, change = change + 1 WHERE id = ? AND state = 'sent'",
          reason,
          id,
        ),
      ),

    /** Whether it could be put back. */
    retry: (id: string, now: number) =>
      db.write(tx => {
        const at = isoInstant(now);
        const done = tx.run(
          `UPDATE letters SET state = 'waiting', next_at = ?, tried_from = ?, made = 0, held_at = NULL
           WHERE id = ? AND state IN ('waiting', 'returned')`,
          at,
          at,
          id,
        );
        if (done > 0) bump(tx, id);
        return done > 0;
      }),

    /** The ids of all letters about a booking or event. */
    about: (about: string): string[] =>
      db
        .all<{ id: string }>(
          'SELECT id FROM letters WHERE seq IN (SELECT seq FROM letters_about WHERE about = ?) ORDER BY seq',
          about,
        )
        .map(({ id }) => id),

    remove: (letters: readonly string[]) =>
      db.write(tx => {
        for (const id of letters) {
          tx.run('DELETE FROM letters_about WHERE seq = (SELECT seq FROM letters WHERE id = ?)', id);
          tx.run('DELETE FROM letters WHERE id = ?', id);
        }
      }),

    untold: (limit: number): Untold[] =>
      db.all<Untold>(
        'SELECT id, state, error, change FROM letters WHERE change > told ORDER BY seq LIMIT ?',
        limit,
      ),

    // Told again after a power failure: listeners are told at least once anyway.
    markTold: (told: readonly Untold[]) =>
      db.writeSoon(tx => {
        for (const { id, change } of told) tx.run('UPDATE letters SET told = ? WHERE id = ?', change, id);
      }),
  };
}

type Row = Omit<Posted, 'about' | 'to' | 'mayHaveGone'> & {
  about: string;
  recipient: string;
  mayHaveGone: number;
};
type UnderWayRow = { id: string; attempts: number; made: number; unclear: number; triedFrom: string };

const select = `SELECT id, kind, about, recipient, subject, state, attempts, posted_at AS postedAt,
  sent_at AS sentAt, next_at AS nextAt, error, unclear > 0 OR on_wire = 1 AS mayHaveGone FROM letters`;

function posted(row: Row | undefined): Posted | null {
  if (!row) return null;
  const { about, recipient, mayHaveGone, ...rest } = row;
  return {
    ...rest,
    about: JSON.parse(about) as string[],
    to: recipient,
    mayHaveGone: rest.state !== 'sent' && mayHaveGone === 1,
  };
}

const underWayColumns = 'id, attempts, made, unclear, tried_from AS triedFrom';

const underWay = ({ triedFrom, ...row }: UnderWayRow): UnderWay => ({ ...row, from: Date.parse(triedFrom) });
