import {
  type CoverageShown,
  type FieldShown,
  fromText,
  type MailAccount,
} from '#intake/mail/mail-account.ts';
import { Card, Fact, Facts, Table } from '#ui/parts.tsx';

/** How a mail was read: who answers for it, by which template, how much of it was understood, and each field with its rule. */
export function AccountCard({ account }: { account: MailAccount }) {
  const { vouch, template, coverage, fields, part } = account;
  return (
    <Card title="How it was read">
      <Facts>
        <Fact label="Vouched for by">{vouch.by === 'nobody' ? `nobody: ${vouch.why}` : vouch.by}</Fact>
        <Fact label="Read">{part}</Fact>
        <Fact label="Template">{template ? template.name : 'none fits its subject'}</Fact>
        {coverage.map(one => (
          <Fact label={one.part === 'html' ? 'HTML part' : 'Text part'}>
            <Coverage coverage={one} />
          </Fact>
        ))}
      </Facts>
      {fields.length > 0 && (
        <details>
          <summary>Each field and the rule that took it</summary>
          <Table
            caption="Each field and the rule that took it"
            captionUnseen
            columns={[
              { label: 'Field', kind: 'title', cell: ({ place }: FieldShown) => placeWords[place] },
              {
                label: 'Read as',
                cell: ({ value }) => value ?? <span class="quiet">for the books only</span>,
              },
              { label: 'From', cell: ({ from, row }) => fromText(from, row) },
              { label: 'Rule', cell: ({ form }) => <code>{form}</code> },
            ]}
            rows={fields}
          />
        </details>
      )}
    </Card>
  );
}

const placeWords: Readonly<Record<FieldShown['place'], string>> = {
  booking: 'Booking',
  replaces: 'Replaces',
  vessel: 'Vessel',
  date: 'Day',
  endDate: 'Last day',
  start: 'Start',
  end: 'End',
  startAt: 'Start',
  endAt: 'End',
  hours: 'Hours',
  guestName: 'Guest',
  guestEmail: 'E-mail',
  guestPhone: 'Telephone',
  partySize: 'Passengers',
  gross: 'Gross',
  currency: 'Currency',
  charge: 'Charge',
  tip: 'Tip',
  note: 'Note',
};

function Coverage({ coverage: { understood, found, unknown } }: { coverage: CoverageShown }) {
  return (
    <>
      {understood} of {found} rows understood{unknown && `; unknown: ${unknown}`}
    </>
  );
}
