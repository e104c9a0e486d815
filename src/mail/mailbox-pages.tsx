import { Button, Card, Choice, Empty, Fact, Facts, Heading, Table } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Instant } from '#ui/times.tsx';
import type { InviteFacts } from './invite-facts.ical.ts';
import type { Address } from './letter.ts';
import type { MailboxEntry } from './mailbox-port.ts';
import type { OpenedLetter } from './opened-letter.postal-mime.ts';

/** Every letter the outbox holds, or those to one person. */
export function LetterList(props: {
  letters: readonly MailboxEntry[];
  to: string | undefined;
  zone: string;
}) {
  const { letters, to, zone } = props;
  const names = new Map(letters.map(letter => [letter.to.address, fullAddress(letter.to)]));
  const shown = to ? letters.filter(letter => letter.to.address === to) : letters;
  return (
    <>
      <Heading
        title="Mailbox"
        lede="Letters stay here instead of going out: no mail server is set up. Each reads as its recipient would see it."
      />
      {letters.length === 0 ? (
        <Empty title="No letters yet">
          <p>When a booking comes in, the letters to guest, crew and owner appear here within seconds.</p>
        </Empty>
      ) : (
        <>
          <form method="get" action={paths.mailbox} class="inline">
            <Choice
              name="to"
              label="To"
              value={to}
              none="Everybody"
              options={[...names]
                .map(([value, label]) => ({ value, label }))
                .sort((a, b) => (a.label < b.label ? -1 : 1))}
            />
            <Button>Show</Button>
          </form>
          {shown.length === 0 ? (
            <Empty title={`No letters to ${to}`}>
              <p>
                <a href={paths.mailbox}>Show all letters</a>
              </p>
            </Empty>
          ) : (
            <Table
              caption={
                shown.length === 1 ? '1 letter, newest first' : `${shown.length} letters, newest first`
              }
              rows={shown}
              rowKey={letter => letter.id}
              columns={[
                {
                  label: 'Subject',
                  kind: 'title',
                  cell: letter => (
                    <a href={paths.mailboxLetter(letter.id)}>{letter.subject || '(no subject)'}</a>
                  ),
                },
                { label: 'To', cell: letter => <bdi>{fullAddress(letter.to)}</bdi> },
                { label: 'Kind', cell: letter => letter.kind },
                { label: 'When', cell: letter => letter.at && <Instant at={letter.at} zone={zone} /> },
              ]}
            />
          )}
        </>
      )}
    </>
  );
}

/** One letter: as the recipient sees it, then what it is made of. */
export function LetterPage(props: {
  id: string;
  letter: OpenedLetter;
  invite: InviteFacts | null;
  zone: string;
}) {
  const { id, letter, invite, zone } = props;
  const html = `${paths.mailboxLetter(id)}/html`;
  return (
    <>
      <Heading
        title={letter.subject || '(no subject)'}
        back={{ href: paths.mailbox, label: 'Mailbox' }}
        actions={<Button href={`${paths.mailboxLetter(id)}/letter.eml`}>Download .eml</Button>}
      />
      <Card>
        <Facts>
          <Fact label="To">
            <bdi>{fullAddress(letter.to)}</bdi>
          </Fact>
          <Fact label="From">
            <bdi>{fullAddress(letter.from)}</bdi>
          </Fact>
          {letter.at && (
            <Fact label="When">
              <Instant at={letter.at} zone={zone} />
            </Fact>
          )}
          {letter.kind && <Fact label="Kind">{letter.kind}</Fact>}
        </Facts>
      </Card>
      {letter.html && (
        <Card title="As it looks" id="html" aside={<a href={html}>Open it by itself</a>}>
          <iframe
            title="The letter as the recipient sees it"
            src={html}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            referrerpolicy="no-referrer"
            width="100%"
            height="720"
            frameborder="0"
          />
        </Card>
      )}
      {letter.invite && (
        <Card title="Calendar invite" id="invite">
          {invite ? (
            <Facts>
              {invite.map(([label, value]) => (
                <Fact label={label}>{value}</Fact>
              ))}
            </Facts>
          ) : (
            <p>No calendar program could read this invite.</p>
          )}
        </Card>
      )}
      <Card title="As plain text" id="text">
        <pre>{letter.text || '(no text part)'}</pre>
      </Card>
      <details>
        <summary>Headers</summary>
        <pre>{letter.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}</pre>
      </details>
    </>
  );
}

/** Where a link leads to no letter. */
export function NoLetter() {
  return (
    <>
      <Heading title="No such letter" back={{ href: paths.mailbox, label: 'Mailbox' }} />
      <p>It may have been removed from the outbox folder. The mailbox lists what is there.</p>
    </>
  );
}

const fullAddress = ({ name, address }: Address) => (name ? `${name} <${address}>` : address);
