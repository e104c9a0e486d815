import type { BookingId } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import { Badge, Card, Fact, Facts, Notice, Table } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import type { FinanceStore, LedgerEntry } from './finance-store.ts';
import { amountText, type Money } from './money.ts';
import { type MonthRow, monthStatement, payout } from './reports.ts';
import { personName } from './trip-words.ts';

type Line = { label: string; amount: Money | null; kind: 'plain' | 'cost' | 'sum' };

/** The owner's view of one booking's amounts: what comes in, what goes out, what is left, and what is unclear. Null while nothing is known. */
export async function moneyPanel(store: FinanceStore, fleet: Fleet, booking: BookingId) {
  const entry = await store.ledger(booking);
  if (!entry) return null;
  const said = (await store.notes(booking)).findLast(note => note.note !== null)?.note;
  return (
    <>
      <Card title="Ledger" aside={<Badge state={entry.state} />}>
        <Sums lines={linesOf(entry, fleet)} />
        {entry.problems.map(problem => (
          <Notice kind="bad" title={problem.message} cure={problem.cure} />
        ))}
      </Card>
      {said && (
        <Card title="What the guest or marketplace wrote">
          <p>{said}</p>
        </Card>
      )}
    </>
  );
}

/** The trips of a month with their totals. Null when there is none. */
export async function monthPanel(store: FinanceStore, fleet: Fleet, month: string, currency: string) {
  const { rows, totals, open } = await monthStatement(store, month, currency);
  if (rows.length === 0) return null;
  const cell = (of: (row: MonthRow) => Money | null) => (row: MonthRow) => amount(of(row));
  return (
    <>
      <Table
        caption={`${rows.length} ${rows.length === 1 ? 'trip' : 'trips'}, net ${amountText(totals.net)}`}
        columns={[
          {
            label: 'Day',
            kind: 'title',
            cell: ({ entry }: MonthRow) => <a href={paths.deskBooking(entry.booking)}>{dayText(entry.on)}</a>,
          },
          {
            label: 'Vessel',
            cell: ({ entry }: MonthRow) => fleet.vessel(entry.vessel)?.name ?? entry.vessel,
          },
          { label: 'State', cell: ({ entry }: MonthRow) => <Badge state={entry.state} /> },
          { label: 'Gross', kind: 'number', cell: cell(row => row.entry.gross) },
          { label: 'Fees', kind: 'number', cell: cell(row => row.fees) },
          { label: 'Captain', kind: 'number', cell: cell(row => row.captain) },
          { label: 'Crew', kind: 'number', cell: cell(row => row.crew) },
          { label: 'Net', kind: 'number', cell: cell(row => row.entry.net) },
        ]}
        rows={rows}
      />
      <Card title="Totals, without reversed trips">
        <Sums
          lines={[
            { label: 'Gross', amount: totals.gross, kind: 'plain' },
            { label: 'Fees', amount: totals.fees, kind: 'cost' },
            { label: 'Captain', amount: totals.captain, kind: 'cost' },
            { label: 'Crew', amount: totals.crew, kind: 'cost' },
            { label: 'Net', amount: totals.net, kind: 'sum' },
          ]}
        />
      </Card>
      {open > 0 && (
        <Notice
          kind="wait"
          title={`${open} ${open === 1 ? 'trip is' : 'trips are'} not settled.`}
          cure="Open the trip to see what is unclear about its amounts."
        />
      )}
    </>
  );
}

const Sums = ({ lines }: { lines: readonly Line[] }) => (
  <Facts>
    {lines.map(line => (
      <Fact label={line.label}>{shown(line)}</Fact>
    ))}
  </Facts>
);

const linesOf = (entry: LedgerEntry, fleet: Fleet): Line[] => [
  { label: `Gross${entry.source ? ` (${entry.source})` : ''}`, amount: entry.gross, kind: 'plain' },
  ...entry.lines.map(line => ({
    label: `${line.label}${line.person ? ` ${personName(line.person, fleet)}` : ''}${line.paidBy === 'marketplace' ? ', paid by the marketplace' : ''}`,
    amount: line.amount,
    kind: 'cost' as const,
  })),
  { label: 'Net', amount: entry.net, kind: 'sum' },
  { label: 'Payout by the marketplace', amount: payout(entry), kind: 'plain' },
  ...(entry.tips ? [{ label: 'Tips, for the crew', amount: entry.tips, kind: 'plain' as const }] : []),
];

/** `Sun 30 May`: the month and its year stand above. */
export const dayText = (on: string) =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(Date.parse(on));

const amount = (of: Money | null) => (of ? amountText(of) : 'not known');

const shown = ({ amount: of, kind }: Line) =>
  kind === 'sum' ? <strong>{amount(of)}</strong> : kind === 'cost' && of ? `−${amountText(of)}` : amount(of);
