import {
  clockOf,
  dateText,
  dayOf,
  epochOf,
  inZone,
  offsetText,
  timeText,
  type ZonedTime,
  zoneName,
} from '#lib/zoned.ts';
import { Badge, Card, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Time } from '#ui/times.tsx';
import type { CheckPhase } from './checklist.ts';
import type { Answer } from './crew.ts';
import type { CheckView, CrewView, ShipmateView } from './crew-view.ts';

/** When to be on board: the first thing seen, struck through when the trip is off. */
export function CallTime({ view, now }: { view: CrewView; now: number }) {
  const { callTime, start, end, status } = view;
  const off = status === 'cancelled';
  const sameDay = dayOf(start) === dayOf(end);
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
        Sails{' '}
        <time datetime={offsetText(start)}>
          {zoneName(start) === zoneName(end) ? clockOf(start) : timeText(start)}
        </time>{' '}
        to{' '}
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

/** What the person says to it, and the buttons to say otherwise. */
export function AnswerCard(props: { view: CrewView; formToken: string; open: boolean; now: number }) {
  const { view, formToken, open, now } = props;
  const { answer, answeredAt, answeredBy } = view.me;
  return (
    <section class={`card answer ${answer}`} id="answer">
      <h2 class="said">{open || answer !== 'unknown' ? said[answer] : 'You did not answer.'}</h2>
      {answeredAt && (
        <p>
          {answeredBy === null ? 'You said so' : `${answeredBy} put that in for you`},{' '}
          <At at={answeredAt} trip={view.start} />.
        </p>
      )}
      {open && answer === 'unknown' && <Awaited of={view.me} now={now} />}
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
            <button type="submit" name="answer" value="unknown" class="back">
              Take it back
            </button>
          )}
        </PostForm>
      ) : (
        <p>The trip has started: answers no longer change. If something is wrong, call the operator.</p>
      )}
      {open && (
        <p class="quiet">
          {answer === 'declined'
            ? 'You can change this until the start, as long as nobody else has the place.'
            : 'You can change this until the start.'}
        </p>
      )}
    </section>
  );
}

/** Until when an answer is awaited and what becomes of the place; nothing where it stays with the person anyway. */
function Awaited({ of: { holds, answerBy }, now }: { of: CrewView['me']; now: number }) {
  const by = answerBy && epochOf(answerBy) > now && (
    <>
      Please answer by <Time of={answerBy} show="both" />.
    </>
  );
  if (!holds) return <p>The place is open: it goes to the first to accept. {by}</p>;
  return by && <p>{by} After that others are asked too, and it goes to the first to accept.</p>;
}

/** Where the vessel lies, with a map for every device. */
export function BerthCard({
  berth,
  vessel,
}: {
  berth: NonNullable<CrewView['berth']>;
  vessel: string | null;
}) {
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
        <a class="button geo" href={`geo:${at}?q=${at}`}>
          In a maps app
        </a>
      </div>
    </Card>
  );
}

/** Who else sails, with a way to call them, and whom they sail with. */
export function PeopleCard({ view }: { view: CrewView }) {
  const others = (view.headCount ?? 0) - 1;
  return (
    <Card title={view.status === 'cancelled' ? 'The crew' : 'Who sails'}>
      <ul class="people">
        <Shipmate of={view.me} isMe />
        {view.shipmates.map(shipmate => (
          <Shipmate of={shipmate} />
        ))}
      </ul>
      {view.bareboat && <p>Bareboat charter: the guest brings the captain.</p>}
      {view.guestFirstName && (
        <p>
          <strong>
            {view.headCount === null ? 'Guests' : `${view.headCount} guest${others > 0 ? 's' : ''}`}:
          </strong>{' '}
          {view.guestFirstName}
          {others > 0 && ` and ${others} more`}
        </p>
      )}
    </Card>
  );
}

function Shipmate({ of, isMe = false }: { of: ShipmateView; isMe?: boolean }) {
  const words: Record<Answer, string> = {
    accepted: 'coming',
    declined: 'not coming',
    unknown: 'no answer',
  };
  return (
    <li>
      <span class="name">
        <strong>{isMe ? `${of.firstName} (you)` : of.firstName}</strong>
        <small>
          {of.role}
          {of.phone && <span class="printed">, {of.phone}</span>}
        </small>
      </span>
      <Badge state={of.answer} {...(of.answer === 'declined' ? { tone: 'plain' as const } : {})}>
        {words[of.answer]}
      </Badge>
      {!isMe && of.phone && (
        <a class="button" href={`tel:${of.phone.replace(/[^\d+]/g, '')}`} aria-label={`Call ${of.firstName}`}>
          Call
        </a>
      )}
    </li>
  );
}

/** What the operator typed for the crew; nothing when nothing was typed. */
export function NotesCard({ notes }: { notes: string | null }) {
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

/** The checklist as rows to press; each names who pressed it and when. */
export function ChecklistCard({ view, formToken }: { view: CrewView; formToken: string }) {
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
                {item.done.by}, <At at={item.done.at} trip={view.start} />
              </small>
            )}
          </span>
        </button>
      </PostForm>
    </li>
  );
}

/** When something was done, by the clock on the dock; the day only where it is not the day of the trip. */
function At({ at, trip }: { at: string; trip: ZonedTime }) {
  const time = inZone(at, trip.zone);
  return <Time of={time} show={dayOf(time) === dayOf(trip) ? 'time' : 'both'} />;
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
