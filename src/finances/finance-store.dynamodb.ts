import type { BookingId } from '#booking/booking.ts';
import { keep } from '#platform/indexed.ts';
import { type Table, type Unit, within } from '#platform/table.ts';
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

/** Something said, and as the how manieth. */
export type Numbered<T> = { readonly place: number; readonly value: T };
/** The ledger as it stands, and how many there were. */
export type Present = { readonly record: LedgerRecord; readonly versions: number };

/** The books in the partitions that begin with `MONEY`, which the roles of everybody else are denied. */
export function dynamoFinanceStore(whole: Table): FinanceStore {
  const table = within(whole, 'MONEY');

  return {
    note: (booking, note) =>
      table.unit(async unit => {
        const place = noteAt(booking, note);
        if ((await unit.get(place)) !== null) return 'already-kept';
        unit.put(place, { place: await next(unit, `NOTES#${booking}`), value: note });
        learn(unit, booking, amountsOf(note));
        return 'kept';
      }),
    unsay: (booking, note) => table.unit(async unit => unit.remove(noteAt(booking, note))),
    notes: async booking =>
      (await table.list<Numbered<FinanceNote>>({ pk: `NOTES#${booking}`, prefix: 'OF#' }))
        .map(({ value }) => value)
        .sort((a, b) => a.place - b.place)
        .map(({ value }) => value),

    keep: entry =>
      table.unit(async unit => {
        const record = recordOf(entry);
        const before = await unit.get<Present>(ledgerAt(entry.booking));
        const isNew = !before || ledgerDigest(before.record) !== ledgerDigest(record);
        const versions = (before?.versions ?? 0) + (isNew ? 1 : 0);
        await keep<Present>(unit, ledgerAt(entry.booking), { record, versions }, ledgerEntries);
        if (!isNew) return 'unchanged';
        unit.put(historyAt(entry.booking, versions), record);
        learn(unit, entry.booking, amountsIn(entry));
        return 'kept';
      }),
    async ledger(booking) {
      const present = await table.get<Present>(ledgerAt(booking));
      return present && entryOf(present.record);
    },
    history: async booking =>
      (await table.list<LedgerRecord>({ pk: `LEDGERS#${booking}`, prefix: 'WAS#' })).map(({ value }) =>
        entryOf(value),
      ),
    month: async month =>
      (await table.list<Present>({ pk: `MONTH#${month}` })).map(({ value }) => entryOf(value.record)),

    forget: booking =>
      table.unit(async unit => {
        for (const { sk } of await unit.list({ pk: `NOTES#${booking}`, prefix: 'OF#' })) {
          const place = { pk: `NOTES#${booking}`, sk };
          const kept = await unit.get<Numbered<FinanceNote>>(place);
          if (kept) unit.put(place, { ...kept, value: wordless(kept.value) });
        }
        for (const { sk } of await unit.list({ pk: `SAID#${booking}` })) {
          const place = { pk: `SAID#${booking}`, sk };
          const said = await unit.get<Numbered<SaidLetter>>(place);
          if (said) unit.remove(letterAt(said.value.letter));
          unit.remove(place);
        }
      }),
    remember: said =>
      table.unit(async unit => {
        if ((await unit.get(letterAt(said.letter))) !== null) return;
        const place = await next(unit, `SAID-COUNT#${said.booking}`);
        unit.put(letterAt(said.letter), said.booking);
        unit.put(saidAt(said, place), { place, value: said } satisfies Numbered<SaidLetter>);
      }),
    said: async (booking, surface, recipient) =>
      (
        await table.list<Numbered<SaidLetter>>({
          pk: `SAID#${booking}`,
          prefix: `${surface}#${recipient}#`,
          descending: true,
        })
      ).map(({ value }) => value.value),
  };
}

/** Where a note lies. */
export const noteAt = (booking: string, { source, message }: Pick<FinanceNote, 'source' | 'message'>) => ({
  pk: `NOTES#${booking}`,
  sk: `OF#${JSON.stringify([source, message])}`,
});
/** Where the ledger lies. */
export const ledgerAt = (booking: string) => ({ pk: `LEDGERS#${booking}`, sk: 'NOW' });
/** Where it lies that a letter was noted. */
export const letterAt = (letter: string) => ({ pk: `SAID-LETTER#${letter}`, sk: '-' });

/** By what a ledger is found: its month. */
export const ledgerEntries = ({ record }: Present) => [
  { pk: `MONTH#${record.on.slice(0, 7)}`, sk: `${record.on}#${record.booking}` },
];

/** Where a ledger of before lies, and the present one once more. */
export const historyAt = (booking: string, version: number) => ({
  pk: `LEDGERS#${booking}`,
  sk: `WAS#${padded(version)}`,
});
/** Where it lies what a letter about money said. */
export const saidAt = ({ booking, surface, recipient }: SaidLetter, place: number) => ({
  pk: `SAID#${booking}`,
  sk: `${surface}#${recipient}#${padded(place)}`,
});
/** Where an amount lies that the canary knows. */
export const amountAt = (booking: string, { decimal, payee }: Amount) => ({
  pk: `AMOUNTS#${booking}`,
  sk: `${decimal}#${payee}`,
});
/** Where a partition counts what is added to it. */
export const countOf = (pk: string) => ({ pk, sk: 'COUNT' });

const padded = (count: number) => String(count).padStart(8, '0');

/** Counts up in one place of a partition, so that two who add in the same moment do not take the same number. */
async function next(unit: Unit, pk: string): Promise<number> {
  const count = ((await unit.get<number>(countOf(pk))) ?? 0) + 1;
  unit.put(countOf(pk), count);
  return count;
}

/** Makes amounts known to the canary, for good: an old price is as secret as the new one. */
function learn(unit: Unit, booking: BookingId, amounts: readonly Amount[]): void {
  for (const amount of amounts) {
    unit.put(amountAt(booking, amount), amount);
  }
}
