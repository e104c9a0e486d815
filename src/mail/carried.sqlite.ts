import { isoInstant } from '#lib/clock.ts';
import { opened, sealed } from '#lib/sealed.ts';
import type { CarriedBySqlite } from '#platform/carried.ts';
import type { CarriedLetter } from './carried.ts';
import type { Letter } from './letter.ts';
import type { LetterState } from './post.ts';
import { putSuppression } from './suppressed.sqlite.ts';
import type { Suppression } from './suppressed.ts';

type Row = {
  id: string;
  kind: string;
  about: string;
  recipient: string;
  subject: string;
  state: LetterState;
  attempts: number;
  made: number;
  unclear: number;
  posted_at: string;
  tried_from: string;
  sent_at: string | null;
  next_at: string | null;
  error: string | null;
  body: string | null;
  toTell: number;
};

/** The letters of one post. */
export const carriedLetters: CarriedBySqlite<CarriedLetter> = {
  *all(from) {
    for (const { seq } of from.all<{ seq: number }>('SELECT seq FROM letters ORDER BY seq')) {
      const row = from.get<Row>(
        `SELECT id, kind, about, recipient, subject, state, attempts, made, max(unclear, on_wire) AS unclear, posted_at,
           tried_from, sent_at, next_at, error, body, change > told AS toTell FROM letters WHERE seq = ?`,
        seq,
      );
      if (row) yield letterOf(row);
    }
  },
  put(tx, { posted, tries, toTell, letter }) {
    tx.run('DELETE FROM letters_about WHERE seq = (SELECT seq FROM letters WHERE id = ?)', posted.id);
    tx.run(
      `INSERT OR REPLACE INTO letters (id, kind, about, recipient, subject, state, attempts, made, unclear, posted_at,
         tried_from, sent_at, next_at, error, body, change, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)`,
      posted.id,
      posted.kind,
      JSON.stringify(posted.about),
      posted.to,
      posted.subject,
      posted.state,
      posted.attempts,
      tries.made,
      posted.mayHaveGone ? Math.max(tries.unclear, 1) : tries.unclear,
      posted.postedAt,
      isoInstant(tries.from),
      posted.sentAt,
      posted.nextAt,
      posted.error,
      letter && sealed(letter),
      toTell ? 0 : 1,
    );
    for (const about of new Set(posted.about))
      tx.run(
        'INSERT INTO letters_about (about, seq) SELECT ?, seq FROM letters WHERE id = ?',
        about,
        posted.id,
      );
  },
};

const letterOf = (row: Row): CarriedLetter => ({
  posted: {
    id: row.id,
    kind: row.kind,
    about: JSON.parse(row.about),
    to: row.recipient,
    subject: row.subject,
    state: row.state,
    attempts: row.attempts,
    postedAt: row.posted_at,
    sentAt: row.sent_at,
    nextAt: row.next_at,
    error: row.error,
    mayHaveGone: row.state !== 'sent' && row.unclear > 0,
  },
  tries: { made: row.made, from: Date.parse(row.tried_from), unclear: row.unclear },
  toTell: row.toTell === 1,
  letter: row.body === null ? null : opened<Letter>(row.body),
});

export const carriedSuppressions: CarriedBySqlite<Suppression> = {
  all: from =>
    from.all<{ body: string }>('SELECT body FROM suppressed').map(({ body }) => opened<Suppression>(body)),
  put: putSuppression,
};
