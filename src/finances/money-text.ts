import type { LedgerEntry } from './finance-store.ts';
import { amountText, type Money } from './money.ts';
import type { MonthStatement } from './reports.ts';

/** The ledger of a booking for a terminal: one line each, amounts aligned. */
export function ledgerText(entry: LedgerEntry | null): string {
  if (!entry) return 'Nothing is in the books about this booking yet.';
  const rows: [string, Money | null, '' | '−'][] = [
    [`gross${entry.source ? ` (${entry.source})` : ''}`, entry.gross, ''],
    ...entry.lines.map(line => [line.label, line.amount, '−'] as [string, Money, '−']),
    ['net', entry.net, ''],
  ];
  const lines = rows.map(
    ([label, amount, sign]) => [label, amount ? sign + amountText(amount) : 'not known'] as const,
  );
  const problems = entry.problems.map(problem => `${problem.message} ${problem.cure}`);
  return [`${entry.on}  ${entry.vessel}  ${entry.state}`, ...aligned(lines), ...problems].join('\n');
}

/** The statement of a month for a terminal. */
export function monthText({ month, rows, totals, open }: MonthStatement): string {
  if (rows.length === 0) return `No trips with amounts in ${month}.`;
  const trips = rows.map(
    ({ entry }) =>
      [
        `${entry.on}  ${entry.booking}  ${entry.vessel}  ${entry.state}`,
        entry.net ? amountText(entry.net) : 'not known',
      ] as const,
  );
  const sums = Object.entries(totals).map(([name, amount]) => [`total ${name}`, amountText(amount)] as const);
  const rest = open > 0 ? [`${open} not settled: see gangway money show BOOKING.`] : [];
  return [...aligned([...trips, ...sums]), ...rest].join('\n');
}

function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const label = Math.max(...rows.map(([text]) => text.length));
  const amount = Math.max(...rows.map(([, text]) => text.length));
  return rows.map(([text, figure]) => `  ${text.padEnd(label)}  ${figure.padStart(amount)}`);
}
