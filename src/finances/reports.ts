import type { BookingId } from '#booking/booking.ts';
import { type Cell, csv } from './csv.ts';
import type { FinanceNote, FinanceProblem } from './finance-note.ts';
import type { FinanceStore, LedgerEntry } from './finance-store.ts';
import { currencyOf, decimalText, type Money, minus, plus, zero } from './money.ts';
import type { LedgerLine } from './settle.ts';

/** The trips of a month with what they brought, for the owner. */
export type MonthStatement = {
  readonly month: string;
  readonly rows: readonly MonthRow[];
  readonly totals: Totals;
  /** How many of them have a problem that a person has to look at. */
  readonly open: number;
};

export type MonthRow = {
  readonly entry: LedgerEntry;
  readonly fees: Money;
  readonly captain: Money;
  readonly crew: Money;
};

export type Totals = {
  readonly gross: Money;
  readonly fees: Money;
  readonly captain: Money;
  readonly crew: Money;
  readonly net: Money;
};

/** Adds a month up. Reversed trips and those without a net are listed, but do not count. */
export async function monthStatement(
  store: FinanceStore,
  month: string,
  currency: string,
): Promise<MonthStatement> {
  const rows = (await store.month(month)).map(entry => ({ entry, ...costs(entry, currency) }));
  const counted = rows.filter(({ entry }) => entry.state !== 'reversed' && entry.net);
  const total = (of: (row: MonthRow) => Money | null) =>
    counted.map(of).reduce<Money>((sum, amount) => (amount ? plus(sum, amount) : sum), zero(currency));
  return {
    month,
    rows,
    totals: {
      gross: total(row => row.entry.gross),
      fees: total(row => row.fees),
      captain: total(row => row.captain),
      crew: total(row => row.crew),
      net: total(row => row.entry.net),
    },
    open: rows.filter(({ entry }) => entry.state === 'open').length,
  };
}

/** What a trip costs by kind of line. */
export function costs(entry: Pick<LedgerEntry, 'lines'>, currency: string) {
  const of = (kind: LedgerLine['kind']) =>
    entry.lines
      .filter(line => line.kind === kind)
      .reduce((sum, line) => plus(sum, line.amount), zero(currency));
  return { fees: of('fee'), captain: of('captain'), crew: of('crew') };
}

/** What the marketplace pays out: the gross less what it keeps or pays itself. Null while there is no gross. */
export const payout = ({ gross, lines }: Pick<LedgerEntry, 'gross' | 'lines'>): Money | null =>
  gross &&
  lines.filter(line => line.paidBy === 'marketplace').reduce((rest, line) => minus(rest, line.amount), gross);

/** The statement as a spreadsheet reads it: one row a trip, the totals last. */
export function monthCsv({ month, rows, totals }: MonthStatement): string {
  const figure = (amount: Money | null): Cell => ({ figure: amount ? decimalText(amount) : '' });
  const head = [
    'date',
    'booking',
    'vessel',
    'source',
    'state',
    'currency',
    'gross',
    'fees',
    'captain',
    'crew',
    'net',
  ];
  return csv([
    head,
    ...rows.map(({ entry, fees, captain, crew }) => [
      entry.on,
      entry.booking,
      entry.vessel,
      entry.source ?? '',
      entry.state,
      currencyOf(fees),
      ...[entry.gross, fees, captain, crew, entry.net].map(figure),
    ]),
    [
      `total ${month}`,
      '',
      '',
      '',
      '',
      currencyOf(totals.net),
      ...[totals.gross, totals.fees, totals.captain, totals.crew, totals.net].map(figure),
    ],
  ]);
}

/** The ledger of a booking in plain words and decimals: what `gangway money show --json` prints, for the owner only. */
export type LedgerView = {
  readonly booking: string;
  readonly revision: number;
  readonly on: string;
  readonly vessel: string;
  readonly source: string | null;
  readonly state: LedgerEntry['state'];
  readonly currency: string;
  readonly gross: string | null;
  readonly lines: readonly {
    readonly kind: LedgerLine['kind'];
    readonly label: string;
    readonly person: string | null;
    readonly amount: string;
    readonly paidBy: LedgerLine['paidBy'];
  }[];
  readonly net: string | null;
  /** What the marketplace pays out. */
  readonly payout: string | null;
  readonly tips: string | null;
  readonly problems: readonly FinanceProblem[];
};

export function ledgerView(entry: LedgerEntry, currency: string): LedgerView {
  const told = (amount: Money | null) => amount && decimalText(amount);
  return {
    booking: entry.booking,
    revision: entry.revision,
    on: entry.on,
    vessel: entry.vessel,
    source: entry.source,
    state: entry.state,
    currency,
    gross: told(entry.gross),
    lines: entry.lines.map(line => ({ ...line, amount: decimalText(line.amount) })),
    net: told(entry.net),
    payout: told(payout(entry)),
    tips: told(entry.tips),
    problems: entry.problems,
  };
}

/** Everything the books know about a booking, for `money show` and the desk: the ledger, how it got there, and what the sources said. */
export type MoneyShown = {
  readonly ledger: LedgerView | null;
  readonly history: readonly (LedgerView & { readonly at: string })[];
  readonly said: readonly FinanceNote[];
};

export async function moneyShown(
  store: FinanceStore,
  booking: BookingId,
  currency: string,
): Promise<MoneyShown> {
  const [ledger, history, said] = await Promise.all([
    store.ledger(booking),
    store.history(booking),
    store.notes(booking),
  ]);
  return {
    ledger: ledger && ledgerView(ledger, currency),
    history: history.map(entry => ({ ...ledgerView(entry, currency), at: entry.at })),
    said,
  };
}
