import { digestOf } from '#lib/digest.ts';
import type { FinanceNote } from './finance-note.ts';
import type { LedgerEntry } from './finance-store.ts';
import { decimalText, fromRecord, type Money, type MoneyRecord, toRecord } from './money.ts';

/** A ledger as JSON holds it. */
export type LedgerRecord = Omit<LedgerEntry, 'gross' | 'net' | 'tips' | 'lines'> & {
  readonly gross: MoneyRecord | null;
  readonly net: MoneyRecord | null;
  readonly tips: MoneyRecord | null;
  readonly lines: readonly (Omit<LedgerEntry['lines'][number], 'amount'> & {
    readonly amount: MoneyRecord;
  })[];
};

export const recordOf = (entry: LedgerEntry): LedgerRecord => ({
  ...entry,
  gross: entry.gross && toRecord(entry.gross),
  net: entry.net && toRecord(entry.net),
  tips: entry.tips && toRecord(entry.tips),
  lines: entry.lines.map(line => ({ ...line, amount: toRecord(line.amount) })),
});

export function entryOf(record: LedgerRecord): LedgerEntry {
  const held = (amount: MoneyRecord | null): Money | null => amount && fromRecord(amount);
  return {
    ...record,
    gross: held(record.gross),
    net: held(record.net),
    tips: held(record.tips),
    lines: record.lines.map(line => ({ ...line, amount: fromRecord(line.amount) })),
  };
}

/** What makes a ledger another one: everything but which revision it was drawn from, and when. */
export const ledgerDigest = (record: LedgerRecord): string => digestOf({ ...record, revision: 0, at: '' });

/** Every amount a ledger makes known to the canary, and whose pay it is, if anybody's. */
export const amountsIn = ({ gross, net, tips, lines }: LedgerEntry): readonly Amount[] => [
  ...[gross, net, tips].flatMap(amount => (amount ? [{ decimal: decimalText(amount), payee: '' }] : [])),
  ...lines.map(({ amount, person }) => ({ decimal: decimalText(amount), payee: person ?? '' })),
];

/** The same of what a source said. */
export const amountsOf = ({ gross, lines }: FinanceNote): readonly Amount[] =>
  [...(gross === null ? [] : [gross]), ...(lines ?? []).map(({ amount }) => amount)].map(decimal => ({
    decimal,
    payee: '',
  }));

/** `payee` is empty where it is nobody's pay. */
export type Amount = { readonly decimal: string; readonly payee: string };
