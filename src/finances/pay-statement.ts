import type { FinanceStore, LedgerEntry } from './finance-store.ts';
import { type Money, plus, zero } from './money.ts';
import type { LedgerLine } from './settle.ts';

/** What one person earns in a month. Holds no other person's line and nothing of what a trip brings. */
export type PayStatement = {
  readonly month: string;
  readonly rows: readonly PayRow[];
  readonly total: Money;
};

export type PayRow = {
  readonly booking: LedgerEntry['booking'];
  readonly on: string;
  readonly vessel: string;
  readonly role: Exclude<LedgerLine['kind'], 'fee'>;
  readonly paidBy: LedgerLine['paidBy'];
  /** Null when the trip is off: it stays in the list, and pays nothing. */
  readonly amount: Money | null;
};

/** A person's own pay in the month (`2027-05`) in which the trips sail, as it stands in the books. */
export async function payStatement(
  store: Pick<FinanceStore, 'month'>,
  person: string,
  month: string,
  currency: string,
): Promise<PayStatement> {
  const rows = (await store.month(month)).flatMap(entry =>
    entry.lines.flatMap((line): PayRow[] =>
      line.person !== person || line.kind === 'fee'
        ? []
        : [
            {
              booking: entry.booking,
              on: entry.on,
              vessel: entry.vessel,
              role: line.kind,
              paidBy: line.paidBy,
              amount: entry.state === 'reversed' ? null : line.amount,
            },
          ],
    ),
  );
  const total = rows.reduce((sum, { amount }) => (amount ? plus(sum, amount) : sum), zero(currency));
  return { month, rows, total };
}
