import type { BookingId } from '#booking/booking.ts';
import { opened, sealed } from '#lib/sealed.ts';
import type { CarriedBySqlite } from '#platform/carried.ts';
import type { Reader } from '#platform/sqlite.ts';
import {
  byReader,
  type CarriedAmount,
  type CarriedLedger,
  type CarriedNotes,
  type CarriedSaid,
} from './carried.ts';
import type { FinanceNote } from './finance-note.ts';
import type { SaidLetter } from './finance-store.ts';
import { type LedgerRecord, ledgerDigest } from './ledger-record.ts';

type Row = { body: string };

const bookingsIn = (from: Reader, table: string) =>
  from.all<{ booking: BookingId }>(`SELECT DISTINCT booking FROM ${table} ORDER BY booking`);

export const carriedNotes: CarriedBySqlite<CarriedNotes> = {
  *all(from) {
    for (const { booking } of bookingsIn(from, 'finance_notes'))
      yield {
        booking,
        notes: from
          .all<Row>('SELECT body FROM finance_notes WHERE booking = ? ORDER BY place', booking)
          .map(({ body }) => opened<FinanceNote>(body)),
      };
  },
  put(tx, { booking, notes }) {
    for (const [place, note] of notes.entries())
      tx.run(
        'INSERT OR REPLACE INTO finance_notes (booking, source, message, place, body) VALUES (?, ?, ?, ?, ?)',
        booking,
        note.source,
        note.message,
        place,
        sealed(note),
      );
  },
};

export const carriedLedgers: CarriedBySqlite<CarriedLedger> = {
  *all(from) {
    for (const { booking, body } of from.all<Row & { booking: string }>('SELECT booking, body FROM ledgers'))
      yield {
        ledger: opened<LedgerRecord>(body),
        history: from
          .all<Row>('SELECT body FROM ledger_history WHERE booking = ? ORDER BY version', booking)
          .map(row => opened<LedgerRecord>(row.body)),
      };
  },
  put(tx, { ledger, history }) {
    tx.run(
      'INSERT OR REPLACE INTO ledgers (booking, month, tripOn, digest, body) VALUES (?, ?, ?, ?, ?)',
      ledger.booking,
      ledger.on.slice(0, 7),
      ledger.on,
      ledgerDigest(ledger),
      sealed(ledger),
    );
    for (const [version, was] of history.entries())
      tx.run(
        'INSERT OR REPLACE INTO ledger_history (booking, version, body) VALUES (?, ?, ?)',
        ledger.booking,
        version,
        sealed(was),
      );
  },
};

export const carriedAmounts: CarriedBySqlite<CarriedAmount> = {
  all: from => from.all<CarriedAmount>('SELECT booking, decimal, payee FROM finance_amounts'),
  put(tx, { booking, decimal, payee }) {
    tx.run(
      'INSERT OR REPLACE INTO finance_amounts (booking, decimal, payee) VALUES (?, ?, ?)',
      booking,
      decimal,
      payee,
    );
  },
};

export const carriedSaid: CarriedBySqlite<CarriedSaid> = {
  *all(from) {
    for (const { booking } of bookingsIn(from, 'money_letters')) {
      const letters = from.all<Row>(
        'SELECT body FROM money_letters WHERE booking = ? ORDER BY place',
        booking,
      );
      yield { booking, letters: byReader(letters.map(({ body }) => opened<SaidLetter>(body))) };
    }
  },
  put(tx, { letters }) {
    for (const [place, said] of letters.entries())
      tx.run(
        'INSERT OR REPLACE INTO money_letters (booking, surface, recipient, place, letter, body) VALUES (?, ?, ?, ?, ?, ?)',
        said.booking,
        said.surface,
        said.recipient,
        place,
        said.letter,
        sealed(said),
      );
  },
};
