import type { BookingId } from '#booking/booking.ts';
import { type CarriedByTable, putAll, rest } from '#platform/carried.ts';
import { keep } from '#platform/indexed.ts';
import {
  byReader,
  type CarriedAmount,
  type CarriedLedger,
  type CarriedNotes,
  type CarriedSaid,
} from './carried.ts';
import type { FinanceNote } from './finance-note.ts';
import {
  amountAt,
  countOf,
  historyAt,
  ledgerAt,
  ledgerEntries,
  letterAt,
  type Numbered,
  noteAt,
  type Present,
  saidAt,
} from './finance-store.dynamodb.ts';
import type { SaidLetter } from './finance-store.ts';
import type { Amount, LedgerRecord } from './ledger-record.ts';

const inOrder = <T>(found: readonly { value: Numbered<T> }[]) =>
  found
    .map(({ value }) => value)
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);

export const tableNotes: CarriedByTable<CarriedNotes> = {
  word: 'NOTES',
  async of(table, { pk, sk }) {
    if (sk !== countOf('').sk) return null;
    const notes = inOrder(await table.list<Numbered<FinanceNote>>({ pk, prefix: 'OF#' }));
    return notes.length === 0 ? null : { booking: rest(pk, 1) as BookingId, notes };
  },
  put: (table, { booking, notes }) =>
    putAll(table, [
      ...notes.map((value, index) => ({
        place: noteAt(booking, value),
        value: { place: index + 1, value } satisfies Numbered<FinanceNote>,
      })),
      { place: countOf(`NOTES#${booking}`), value: notes.length },
    ]),
};

export const tableLedgers: CarriedByTable<CarriedLedger> = {
  word: 'LEDGERS',
  async of(table, { pk, sk, value }) {
    if (sk !== ledgerAt('').sk) return null;
    const history = await table.list<LedgerRecord>({ pk, prefix: 'WAS#' });
    return { ledger: (value as Present).record, history: history.map(each => each.value) };
  },
  async put(table, { ledger, history }) {
    await putAll(
      table,
      history.map((value, index) => ({ place: historyAt(ledger.booking, index + 1), value })),
    );
    const present: Present = { record: ledger, versions: history.length };
    await table.unit(unit => keep(unit, ledgerAt(ledger.booking), present, ledgerEntries));
  },
};

export const tableAmounts: CarriedByTable<CarriedAmount> = {
  word: 'AMOUNTS',
  of: async (_, { pk, value }) => ({ booking: rest(pk, 1) as BookingId, ...(value as Amount) }),
  put: (table, { booking, ...amount }) =>
    table.unit(async unit => unit.put(amountAt(booking, amount), amount)),
};

export const tableSaid: CarriedByTable<CarriedSaid> = {
  word: 'SAID-COUNT',
  async of(table, { pk }) {
    const booking = rest(pk, 1) as BookingId;
    const letters = inOrder(await table.list<Numbered<SaidLetter>>({ pk: `SAID#${booking}` }));
    return letters.length === 0 ? null : { booking, letters: byReader(letters) };
  },
  put: (table, { booking, letters }) =>
    putAll(table, [
      ...letters.flatMap((value, index) => [
        { place: letterAt(value.letter), value: booking },
        {
          place: saidAt(value, index + 1),
          value: { place: index + 1, value } satisfies Numbered<SaidLetter>,
        },
      ]),
      { place: countOf(`SAID-COUNT#${booking}`), value: letters.length },
    ]),
};
