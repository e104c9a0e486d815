import { timeText, type ZonedTime } from '#lib/zoned.ts';
import { Page } from '#ui/layout.tsx';
import { Button, Card, Empty, Heading, Table } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { amountText } from './money.ts';
import { dayText } from './money-panel.tsx';
import type { PayRow, PayStatement } from './pay-statement.ts';

export type PayPageProps = {
  statement: PayStatement;
  firstName: string;
  house: { readonly name: string; readonly email: string };
  vesselName: (id: string) => string;
  months: { readonly previous: string; readonly next: string };
  monthText: (month: string) => string;
  /** When the session ends by itself. */
  until: ZonedTime;
  formToken: string;
};

/** What one of the crew earns in a month, for nobody else. */
export function PayPage(props: PayPageProps) {
  const { statement, house, months, monthText } = props;
  const named = monthText(statement.month);
  return (
    <Page
      title={`Your pay, ${named}`}
      who={{
        name: props.firstName,
        signOut: { action: paths.paySignOut, formToken: props.formToken },
      }}
      foot={
        <>
          {house.name}. Questions: <a href={`mailto:${house.email}`}>{house.email}</a>
        </>
      }
    >
      <Heading
        title={`Your pay in ${named}`}
        lede={`Yours alone. This page closes at ${timeText(props.until)}.`}
        back={{ href: paths.crewTrips, label: 'My trips' }}
        actions={
          <>
            <Button href={paths.pay(months.previous)}>← {monthText(months.previous)}</Button>
            <Button href={paths.pay(months.next)}>{monthText(months.next)} →</Button>
          </>
        }
      />
      {statement.rows.length === 0 ? (
        <Empty title={`No pay of yours in ${named}`}>
          <p>
            Trips stand in the month they sail, once the books have them. Is one missing? Ask {house.name}.
          </p>
        </Empty>
      ) : (
        <>
          <Card>
            <p>
              Together <strong>{amountText(statement.total)}</strong>. Tips are not in it, and what lies ahead
              can still change.
            </p>
          </Card>
          <Table<PayRow>
            caption={`${statement.rows.length} ${statement.rows.length === 1 ? 'trip' : 'trips'}`}
            columns={[
              { label: 'Day', kind: 'title', cell: row => dayText(row.on) },
              { label: 'Vessel', cell: row => props.vesselName(row.vessel) },
              { label: 'As', cell: row => row.role },
              {
                label: 'Paid by',
                cell: row => (row.paidBy === 'marketplace' ? 'the marketplace' : house.name),
              },
              {
                label: 'Pay',
                kind: 'number',
                cell: row => (row.amount ? amountText(row.amount) : 'called off'),
              },
            ]}
            rows={statement.rows}
          />
        </>
      )}
    </Page>
  );
}
