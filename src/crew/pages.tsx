import type { Child } from 'hono/jsx';
import { clockOf, dateText, epochOf, inZone, offsetText, timeText, zoneName } from '#lib/zoned.ts';
import { Page } from '#ui/layout.tsx';
import { Badge, Button, Card, Heading, Notice, PostForm, Time, type Wrong } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import type { CheckPhase } from './checklist.ts';
import type { Answer } from './crew.ts';
import type { CheckView, CrewView, ShipmateView } from './crew-view.ts';
import { scriptHref, styleHref } from './page-assets.ts';

const look = { styles: [styleHref], scripts: [scriptHref] };

/** The same bytes for everybody: where a link leads before its holder presses the button. Says nothing about any trip. */
export function DoorPage({ house, wrong }: { house: CrewView['house']; wrong?: Wrong }) {
  return (
    <Page title="Your trip" foot={<Foot house={house} />} {...look}>
      <Heading title="Your trip" lede="Only you can open it, with the link from your letter." />
      {wrong && <Notice kind="bad" title={wrong.message} cure={wrong.cure} />}
      <div id="with-link" hidden>
        <form method="post" action={paths.crewSession}>
          <input type="hidden" name="link" />
          <button type="submit" class="main big" disabled>
            Open my trip
          </button>
        </form>
      </div>
      <div id="by-hand">
        <Card title="Open it with the link">
          <p>Tap the button in your letter. If that brings you here again, paste the whole link:</p>
          <form method="post" action={paths.crewSession} class="paste">
            <div class="field">
              <label for="link">The link from your letter</label>
              <textarea
                id="link"
                name="link"
                required
                maxlength={600}
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
              />
            </div>
            <Button kind="main">Open my trip</Button>
          </form>
        </Card>
      </div>
    </Page>
  );
}

/** For a link or session that opens nothing (any more): the same whether there ever was such a trip. */
export function ClosedPage({ house }: { house: CrewView['house'] }) {
  return (
    <Page title="Not open" foot={<Foot house={house} />} {...look}>
      <Heading title="This trip is not open here" />
      <Card title="What to do">
        <ol>
          <li>
            Open the newest letter about the trip and press its button again. After half a day unused, the
            page closes.
          </li>
          <li>
            Got a letter that you are off the crew, or that the trip was long ago? Then the link is over, and
            that is all.
          </li>
          <li>
            Neither? Ask the operator for a new letter: <a href={`mailto:${house.email}`}>{house.email}</a>
          </li>
        </ol>
      </Card>
    </Page>
  );
}

type TripProps = { view: CrewView; formToken: string; now: number; wrong?: Wrong };

/** One trip for one of the crew: when to be where, who sails, the answer, the checklist. */
export function TripPage({ view, formToken, now, wrong }: TripProps) {
  const off = view.status === 'cancelled';
  const started = now >= epochOf(view.start);
  return (
    <Page title={view.title} who={{ name: view.me.firstName }} foot={<Foot house={view.house} />} {...look}>
      <Heading title={view.title} lede={dateText(view.start)} />
      {wrong && <Notice kind="bad" title={wrong.message} cure={wrong.cure} />}
      {off && (
        <Notice
          kind="bad"
          title="Cancelled: this trip does not take place."
          cure="You need not come, and there is nothing to answer."
        />
      )}
      <div class="trip">
        <div>
          <CallTime view={view} now={now} />
          {!off && <AnswerCard view={view} formToken={formToken} open={!started} />}
          {view.berth && <BerthCard berth={view.berth} vessel={view.vessel} />}
        </div>
        <div>
          <PeopleCard view={view} />
          <NotesCard notes={view.notes} />
          {!off && <ChecklistCard view={view} formToken={formToken} />}
          {view.feedUrl && <FeedCard url={view.feedUrl} />}
        </div>
      </div>
    </Page>
  );
}

function CallTime({ view, now }: { view: CrewView; now: number }) {
  const { callTime, start, end, status } = view;
  const off = status === 'cancelled';
  const sameDay = start.local.slice(0, 10) === end.local.slice(0, 10);
  return (
    <section class={`card call ${off ? 'off' : ''}`}>
      <h2>{view.me.role === 'captain' ? 'Call time, captain' : 'Call time'}</h2>
      <p class="clock">
        <time datetime={offsetText(callTime)}>
          {clockOf(callTime)} <small>{zoneName(callTime)}</small>
        </time>
      </p>
      {!off && epochOf(callTime) > now && (
        <p class="until" data-until={callTime.at}>
          {untilText(epochOf(callTime) - now)}
        </p>
      )}
      <p class="sails">
        Sails <time datetime={offsetText(start)}>{clockOf(start)}</time> to{' '}
        <time datetime={offsetText(end)}>
          {sameDay ? timeText(end) : `${timeText(end)}, ${dateText(end)}`}
        </time>
        {view.vessel && ` on ${view.vessel}`}
      </p>
    </section>
  );
}

const said: Record<Answer, string> = {
  accepted: 'You are coming.',
  declined: 'You are not coming.',
  unknown: 'Are you coming?',
};

function AnswerCard({ view, formToken, open }: { view: CrewView; formToken: string; open: boolean }) {
  const { answer, answeredAt, answeredBy, firstName } = view.me;
  return (
    <section class={`card answer ${answer}`} id="answer">
      <h2 class="said">{open || answer !== 'unknown' ? said[answer] : 'You did not answer.'}</h2>
      {answeredAt && (
        <p>
          {answeredBy === firstName ? 'You said so' : `${answeredBy} put that in for you`} on{' '}
          <At at={answeredAt} zone={view.start.zone} />.
        </p>
      )}
      {open ? (
        <PostForm action={paths.crewAnswer(view.id)} formToken={formToken}>
          {answer !== 'accepted' && (
            <button type="submit" name="answer" value="accepted" class="yes">
              Accept
            </button>
          )}
          {answer !== 'declined' && (
            <button type="submit" name="answer" value="declined" class="danger">
              Decline
            </button>
          )}
          {answer !== 'unknown' && (
            <button type="submit" name="answer" value="unknown">
              Take it back
            </button>
          )}
        </PostForm>
      ) : (
        <p>The trip has started: answers no longer change. If something is wrong, call the operator.</p>
      )}
      {open && <p class="quiet">You can change this until the start.</p>}
    </section>
  );
}

function BerthCard({ berth, vessel }: { berth: NonNullable<CrewView['berth']>; vessel: string | null }) {
  const at = `${berth.latitude},${berth.longitude}`;
  const map = `https://www.openstreetmap.org/?mlat=${berth.latitude}&mlon=${berth.longitude}#map=17/${berth.latitude}/${berth.longitude}`;
  return (
    <Card title={vessel ? `Where ${vessel} lies` : 'Where'}>
      <p>
        <strong>{berth.name}</strong>
        <br />
        {berth.address}
      </p>
      {berth.directions && <p>{berth.directions}</p>}
      <div class="row stretch">
        <a class="button" href={map} rel="noreferrer noopener" target="_blank">
          Open the map
        </a>
        <a class="button" href={`geo:${at}?q=${at}`}>
          In a maps app
        </a>
      </div>
    </Card>
  );
}

function PeopleCard({ view }: { view: CrewView }) {
  const others = (view.headCount ?? 0) - 1;
  return (
    <Card title="Who sails">
      <ul class="people">
        <Shipmate of={view.me} isMe />
        {view.shipmates.map(shipmate => (
          <Shipmate of={shipmate} />
        ))}
      </ul>
      {view.bareboat && <p>Bareboat charter: the guest brings the captain.</p>}
      {view.guestFirstName && (
        <p>
          <strong>Guests:</strong> {view.guestFirstName}
          {others > 0 && ` and ${others} more`}
          {view.headCount !== null && `, ${view.headCount} in all`}
        </p>
      )}
    </Card>
  );
}

function Shipmate({ of, isMe = false }: { of: ShipmateView; isMe?: boolean }) {
  const words: Record<Answer, string> = {
    accepted: 'coming',
    declined: 'not coming',
    unknown: 'no answer yet',
  };
  return (
    <li>
      <span class="name">
        <strong>{isMe ? `${of.firstName} (you)` : of.firstName}</strong>
        <small>{of.role}</small>
      </span>
      <Badge state={of.answer}>{words[of.answer]}</Badge>
      {!isMe && of.phone && (
        <a class="button" href={`tel:${of.phone.replace(/[^\d+]/g, '')}`} aria-label={`Call ${of.firstName}`}>
          Call
        </a>
      )}
    </li>
  );
}

function NotesCard({ notes }: { notes: string | null }) {
  if (notes === '') return null;
  return (
    <Card title="From the operator">
      {notes === null ? (
        <p class="quiet">There are notes, but they are held back until the operator has looked at them.</p>
      ) : (
        <p class="notes">{notes}</p>
      )}
    </Card>
  );
}

const phases: readonly { phase: CheckPhase; title: string }[] = [
  { phase: 'before departure', title: 'Before departure' },
  { phase: 'with guests aboard', title: 'With guests aboard' },
  { phase: 'after', title: 'After' },
];

function ChecklistCard({ view, formToken }: { view: CrewView; formToken: string }) {
  const done = view.checklist.filter(item => item.done).length;
  return (
    <Card
      title="Checklist"
      id="checklist"
      aside={<span class="quiet">{`${done} of ${view.checklist.length}`}</span>}
    >
      {phases.map(({ phase, title }) => (
        <>
          <h3>{title}</h3>
          <ul class="checks">
            {view.checklist
              .filter(item => item.phase === phase)
              .map(item => (
                <Check item={item} view={view} formToken={formToken} />
              ))}
          </ul>
        </>
      ))}
    </Card>
  );
}

function Check({ item, view, formToken }: { item: CheckView; view: CrewView; formToken: string }) {
  const expected =
    item.id === 'head-count' && view.headCount !== null ? `: ${view.headCount} guests expected` : '';
  return (
    <li id={`check-${item.id}`}>
      <PostForm action={paths.crewCheck(view.id)} formToken={formToken}>
        <input type="hidden" name="item" value={item.id} />
        <button type="submit" name="done" value={item.done ? 'no' : 'yes'} class={item.done ? 'done' : ''}>
          <span>
            <span>
              <span class="unseen">{item.done ? 'Done, press to undo: ' : 'To do, press when done: '}</span>
              {item.label}
              {expected}
            </span>
            {item.done && (
              <small>
                {item.done.by}, <At at={item.done.at} zone={view.start.zone} />
              </small>
            )}
          </span>
        </button>
      </PostForm>
    </li>
  );
}

function FeedCard({ url }: { url: string }) {
  return (
    <section class="card feed">
      <h2>Your trips in your calendar</h2>
      <p>Subscribe once; every trip then comes, moves and goes by itself. The address is yours alone.</p>
      <div class="row stretch">
        <a class="button" href={url.replace(/^https?:/, 'webcal:')}>
          Subscribe
        </a>
        <button type="button" hidden data-copy={url}>
          Copy the address
        </button>
      </div>
    </section>
  );
}

/** When something was done, by the clock on the dock. */
function At({ at, zone }: { at: string; zone: string }) {
  return <Time of={inZone(at, zone)} />;
}

function Foot({ house }: { house: CrewView['house'] }): Child {
  return (
    <>
      {house.name}. Questions: <a href={`mailto:${house.email}`}>{house.email}</a>
    </>
  );
}

/** `in 3 days`, `in 2 h 10 min`; the script says the same as time goes on. */
export function untilText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  if (minutes < 1) return 'now';
  if (days > 1) return `in ${days} days`;
  if (days === 1) return `in 1 day ${hours} h`;
  return hours > 0 ? `in ${hours} h ${minutes % 60} min` : `in ${minutes} min`;
}
