import type { BookingId } from '#booking/booking.ts';
import { opened, sealed } from '#lib/sealed.ts';
import type { Sqlite, Transaction } from '#platform/sqlite.ts';
import { type FinanceNote, wordless } from './finance-note.ts';
import type { FinanceStore, SaidLetter } from './finance-store.ts';
import {
  type Amount,
  amountsIn,
  amountsOf,
  entryOf,
  type LedgerRecord,
  ledgerDigest,
  recordOf,
} from './ledger-record.ts';

const ddl = [
  `CREATE TABLE finance_notes (
     booking TEXT NOT NULL, source TEXT NOT NULL, message TEXT NOT NULL, place INTEGER NOT NULL, body TEXT NOT NULL,
     PRIMARY KEY (booking, source, message)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE ledgers (
     booking TEXT PRIMARY KEY, month TEXT NOT NULL, tripOn TEXT NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX ledgers_by_month ON ledgers (month, tripOn, booking);
   CREATE TABLE ledger_history (
     booking TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (booking, version)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE money_letters (
     booking TEXT NOT NULL, surface TEXT NOT NULL, recipient TEXT NOT NULL, place INTEGER NOT NULL,
     letter TEXT NOT NULL UNIQUE, body TEXT NOT NULL, PRIMARY KEY (booking, surface, recipient, place)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE finance_amounts (
     booking TEXT NOT NULL, decimal TEXT NOT NULL, payee TEXT NOT NULL, PRIMARY KEY (booking, decimal, payee)
   ) STRICT, WITHOUT ROWID;`,
];

/** The books on the money database. No other room may be given this file. */
export function sqliteFinanceStore(db: Sqlite): FinanceStore {
  db.migrate('finances', ddl);

  return {
    note(booking, note) {
      return db.write(tx => {
        const kept = tx.run(
          `INSERT INTO finance_notes (booking, source, message, place, body)
           SELECT ?, ?, ?, (SELECT coalesce(max(place) + 1, 0) FROM finance_notes WHERE booking = ?), ?
           WHERE NOT EXISTS (SELECT 1 FROM finance_notes WHERE booking = ? AND source = ? AND message = ?)`,
          booking,
          note.source,
          note.message,
          booking,
          sealed(note),
          booking,
          note.source,
          note.message,
        );
        if (kept === 0) return 'already-kept';
        learn(tx, booking, amountsOf(note));
        return 'kept';
      });
    },
    async unsay(booking, { source, message }) {
      await db.write(tx =>
        tx.run(
          'DELETE FROM finance_notes WHERE booking = ? AND source = ? AND message = ?',
          booking,
          source,
          message,
        ),
      );
    },
    async notes(booking) {
      return db
        .all<Row>('SELECT body FROM finance_notes WHERE booking = ? ORDER BY place', booking)
        .map(row => opened<FinanceNote>(row.body));
    },
    keep(entry) {
      // The report that the books are done, in the same file, makes it durable, or they are done again.
      return db.writeSoon(tx => {
        const record = recordOf(entry);
        const body = sealed(record);
        const digest = ledgerDigest(record);
        const before = tx.get<{ digest: string }>(
          'SELECT digest FROM ledgers WHERE booking = ?',
          entry.booking,
        );
        tx.run(
          `INSERT INTO ledgers (booking, month, tripOn, digest, body) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (booking) DO UPDATE
           SET month = excluded.month, tripOn = excluded.tripOn, digest = excluded.digest, body = excluded.body`,
          entry.booking,
          entry.on.slice(0, 7),
          entry.on,
          digest,
          body,
        );
        if (before?.digest === digest) return 'unchanged';
        tx.run(
          `INSERT INTO ledger_history (booking, version, body)
           SELECT ?, (SELECT count(*) FROM ledger_history WHERE booking = ?), ?`,
          entry.booking,
          entry.booking,
          body,
        );
        learn(tx, entry.booking, amountsIn(entry));
        return 'kept';
      });
    },
    async ledger(booking) {
      const row = db.get<Row>('SELECT body FROM ledgers WHERE booking = ?', booking);
      return row ? ledgerIn(row) : null;
    },
    async history(booking) {
      return db
        .all<Row>('SELECT body FROM ledger_history WHERE booking = ? ORDER BY version', booking)
        .map(ledgerIn);
    },
    async month(month) {
      return db
        .all<Row>('SELECT body FROM ledgers WHERE month = ? ORDER BY tripOn, booking', month)
        .map(ledgerIn);
    },
    async forget(booking) {
      await db.write(tx => {
        tx.run('DELETE FROM money_letters WHERE booking = ?', booking);
        for (const row of tx.all<Row>('SELECT body FROM finance_notes WHERE booking = ?', booking)) {
          const note = opened<FinanceNote>(row.body);
          tx.run(
            'UPDATE finance_notes SET body = ? WHERE booking = ? AND source = ? AND message = ?',
            sealed(wordless(note)),
            booking,
            note.source,
            note.message,
          );
        }
      });
    },
    async remember(said) {
      // Posting the letter, in the same file, makes it durable, or neither is.
      await db.writeSoon(tx =>
        tx.run(
          `INSERT INTO money_letters (booking, surface, recipient, place, letter, body)
           SELECT ?, ?, ?, (SELECT count(*) FROM money_letters WHERE booking = ? AND surface = ? AND recipient = ?), ?, ?
           WHERE NOT EXISTS (SELECT 1 FROM money_letters WHERE letter = ?)`,
          said.booking,
          said.surface,
          said.recipient,
          said.booking,
          said.surface,
          said.recipient,
          said.letter,
          sealed(said),
          said.letter,
        ),
      );
    },
    async said(booking, surface, recipient) {
      return db
        .all<Row>(
          'SELECT body FROM money_letters WHERE booking = ? AND surface = ? AND recipient = ? ORDER BY place DESC',
          booking,
          surface,
          recipient,
        )
        .map(row => opened<SaidLetter>(row.body));
    },
  };
}

type Row = { body: string };

const ledgerIn = (row: Row) => entryOf(opened<LedgerRecord>(row.body));

/** Makes amounts known to the canary, for good: an old price is as secret as the new one. */
function learn(tx: Transaction, booking: BookingId, amounts: readonly Amount[]): void {
  for (const { decimal, payee } of amounts) {
    tx.run(
      'INSERT INTO finance_amounts (booking, decimal, payee) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      booking,
      decimal,
      payee,
    );
  }
}
