import type { Fleet } from '#booking/fleet.ts';
import type { Problem } from '#booking/problem.ts';
import type { Delivery } from '#intake/inbox.ts';
import type { Drift } from '#intake/mail/drift.ts';
import type { MailAccount } from '#intake/mail/mail-account.ts';
import { isDigest } from '#intake/statement-id.ts';
import { Badge, Button, Card, Empty, Fact, Facts, Field, Heading, Notice, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Instant } from '#ui/times.tsx';
import { AccountCard } from './account-card.tsx';
import { isHeld } from './held.ts';
import { type MeantFields, MeantForm } from './meant-form.tsx';
import { personName } from './words.ts';

/** Messages that became nothing, each with what is wrong and what to do about it. */
export function QuarantinePage(props: {
  fleet: Fleet;
  held: readonly Delivery[];
  drift: readonly Drift[];
  notice: string;
}) {
  const { held, fleet } = props;
  return (
    <>
      <Heading
        title="Quarantine"
        lede="Messages that were kept but not acted on: nothing was published or written because of them."
      />
      <QuarantineNotice code={props.notice} />
      <DriftNotices drift={props.drift} fleet={fleet} />
      {held.length === 0 ? (
        <Empty title="Nothing is held back">
          <p>
            A message that is not fully understood, or that breaks a rule, waits here with the reason. Nothing
            is ever guessed or dropped.
          </p>
        </Empty>
      ) : (
        held.map(delivery => (
          <Card
            title={<a href={paths.deskDelivery(delivery.id)}>From {delivery.source}</a>}
            aside={<Badge state={delivery.state} />}
          >
            <p class="quiet">
              Came in <Instant at={delivery.receivedAt} zone={fleet.house.zone} age />
            </p>
            <Problems delivery={delivery} />
          </Card>
        ))
      )}
    </>
  );
}

/** Marketplaces that seem to have changed their mails. Loud, because every further booking of theirs will wait, too. */
export function DriftNotices({ drift, fleet }: { drift: readonly Drift[]; fleet: Fleet }) {
  return drift.map(({ source, since, mails, reason }) => (
    <Notice
      kind="bad"
      title={`The mails of ${source} no longer read as before: ${mails} ${mails === 1 ? 'waits' : 'wait'}.`}
      cure={
        <>
          Since <Instant at={since} zone={fleet.house.zone} />. {reason} Say what each of them means, and
          change the template: gangway intake --explain shows which rule fails.
        </>
      }
    />
  ));
}

/** One held message: what is wrong, run it again, or throw it away with a reason. `raw` is for owners only. */
export function DeliveryPage(props: {
  fleet: Fleet;
  delivery: Delivery;
  formToken: string;
  raw: string | null;
  isOwner: boolean;
  notice: string;
  /** The reason was missing. */
  reasonWrong: boolean;
  account: MailAccount | null;
  /** What the form of a correction holds, and what is wrong with it. */
  meant: { fields: MeantFields; problems: readonly Problem[] };
}) {
  const { delivery, formToken, fleet } = props;
  const isOpen = isHeld(delivery);
  const booking = delivery.outcome?.booking ?? null;
  return (
    <>
      <Heading
        back={{ href: paths.deskQuarantine, label: 'Quarantine' }}
        title={`Message from ${delivery.source}`}
        lede={<Badge state={delivery.state} />}
      />
      <QuarantineNotice code={props.notice} />
      <div class="grid two">
        <div class="grid">
          <Card title={isOpen ? 'What is wrong' : 'What became of it'}>
            <Problems delivery={delivery} />
            {isOpen && (
              <PostForm action={paths.deskRerun(delivery.id)} formToken={formToken}>
                <p class="quiet">
                  After you have changed the configuration, or the source has said more, the same message can
                  be read again.
                </p>
                <div class="row">
                  <Button kind="main">Run it again</Button>
                </div>
              </PostForm>
            )}
          </Card>
          {isOpen && delivery.state !== 'conflict' && (
            <MeantForm
              fleet={fleet}
              delivery={delivery.id}
              formToken={formToken}
              fields={props.meant.fields}
              account={props.account}
              problems={props.meant.problems}
            />
          )}
          {props.account && <AccountCard account={props.account} />}
          {props.isOwner ? (
            <Card title="As it came in">
              {props.raw === null ? (
                <p class="quiet">The message itself is no longer kept.</p>
              ) : (
                <pre tabindex={0}>{props.raw}</pre>
              )}
            </Card>
          ) : (
            <p class="quiet">The message itself may hold amounts; an owner can read it here.</p>
          )}
        </div>
        <div class="grid">
          <Card title="About it">
            <Facts>
              <Fact label="Came in">
                <Instant at={delivery.receivedAt} zone={fleet.house.zone} />
              </Fact>
              <Fact label="Source">{delivery.source}</Fact>
              <Fact label="Delivery">
                <code>{delivery.id}</code>
              </Fact>
              {!isDigest(delivery.messageId) && (
                <Fact label="Its own name">
                  <code>{delivery.messageId}</code>
                </Fact>
              )}
              <Fact label="Came">{vias[delivery.via]}</Fact>
              {delivery.conflictsWith && (
                <Fact label="Conflicts with">
                  <a href={paths.deskDelivery(delivery.conflictsWith)}>the one that came first</a>
                </Fact>
              )}
              {delivery.decision && (
                <Fact label="Decided">
                  {decisions[delivery.decision.what]} by {personName(fleet, delivery.decision.by)},{' '}
                  <Instant at={delivery.decision.at} zone={fleet.house.zone} />
                  {delivery.decision.reason && `: ${delivery.decision.reason}`}
                </Fact>
              )}
              {booking && (
                <Fact label="Booking">
                  <a href={paths.deskBooking(booking)}>Open it</a>
                </Fact>
              )}
            </Facts>
          </Card>
          {isOpen && (
            <Card title="Throw it away">
              <PostForm
                action={paths.deskDiscard(delivery.id)}
                formToken={formToken}
                confirm={{ question: 'Discard this message? It will not be acted on.', yes: 'Discard it' }}
              >
                <Field
                  name="reason"
                  label="Reason"
                  hint="Kept with the message, for whoever asks later."
                  wrong={
                    props.reasonWrong
                      ? { message: 'The reason is missing.', cure: 'Say in a few words why it can go.' }
                      : undefined
                  }
                  required
                  input={{ maxlength: 300 }}
                />
                <div class="row">
                  <Button kind="danger">Discard the message</Button>
                </div>
              </PostForm>
            </Card>
          )}
        </div>
      </div>
    </>
  );
}

function Problems({ delivery }: { delivery: Delivery }) {
  const { problems } = delivery;
  if (problems.length === 0) return <p class="quiet">{fates[delivery.state]}</p>;
  return (
    <ul class="items">
      {problems.map((problem, at) => (
        <li>
          <span>
            {problem.field && (
              <>
                <code>{problem.field}</code>{' '}
              </>
            )}
            <strong>{problem.reason}</strong>
          </span>
          {/* Rows of one mail often want the same: said once, below the last of them. */}
          {problem.cure !== problems[at + 1]?.cure && <span>{problem.cure}</span>}
        </li>
      ))}
    </ul>
  );
}

const decisions = { discard: 'discarded', rerun: 'run again', correct: 'said what it means' } as const;

const vias: Readonly<Record<Delivery['via'], string>> = {
  signed: 'signed by the source',
  'url-secret': 'to the secret address of the source or with its password, unsigned',
  smtp: 'by mail',
  folder: 'from the mail folder',
  'by-hand': 'fed in by a person',
  asked: 'as the answer of the marketplace, which was asked because of a notice',
};

const fates: Readonly<Record<Delivery['state'], string>> = {
  pending: 'It waits to be read.',
  recorded: 'It was understood and is part of a booking.',
  quarantined: 'No reason was noted.',
  poisoned: 'Reading it failed again and again.',
  conflict: 'It came with the name of another message.',
  discarded: 'It was discarded and is not acted on.',
};

function QuarantineNotice({ code }: { code: string }) {
  switch (code) {
    case 'rerun-recorded':
      return (
        <Notice kind="good" title="It was understood this time." cure="What it says is now on the booking." />
      );
    case 'rerun-held':
      return (
        <Notice
          kind="wait"
          title="It was read again and is still held back."
          cure="What is wrong stands below."
        />
      );
    case 'rerun-waits':
      return (
        <Notice
          kind="wait"
          title="It will be read again in a moment."
          cure="Reload to see what came of it."
        />
      );
    case 'discarded':
      return (
        <Notice title="Discarded." cure="The message is kept with your reason and will not be acted on." />
      );
    default:
      return null;
  }
}
