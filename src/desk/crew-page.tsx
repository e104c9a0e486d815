import type { Child } from 'hono/jsx';
import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Problem } from '#booking/problem.ts';
import type { Answer, Assignment, CrewEvent } from '#crew/crew.ts';
import { Button, Card, Choice, Empty, Field, Heading, Notice, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { actText, type CrewAct, doneText, fieldsOf, own } from './crew-acts.ts';
import { AnswerBadge, AnswerWhen, OpenPlaces, Phone, placeText } from './crew-card.tsx';
import { CrewNotes } from './crew-notes.tsx';
import { personName, tripText, vesselName } from './words.ts';

/** Somebody who could be on the crew, with what is against it. */
export type CouldSail = {
  readonly person: string;
  readonly isCaptain: boolean;
  readonly against: string | null;
};

export type CrewPageView = {
  fleet: Fleet;
  booking: Booking;
  crew: CrewEvent | null;
  formToken: string;
  couldSail: readonly CouldSail[];
  /** An act that was refused, and why; `mayInsist` where a reason would let it through. */
  refused: { act: CrewAct | null; problems: readonly Problem[]; mayInsist: boolean; wrong?: string } | null;
  /** Notes that were typed and look as if they spoke of money; null for none. */
  doubtfulNotes: string | null;
  /** What was just done, and what takes it back. */
  done: { act: CrewAct; undo: CrewAct | null } | null;
};

/** Everything a person at the desk can do to the crew of a trip; each is told once and can be taken back. */
export function CrewPage(view: CrewPageView) {
  const { booking, crew, fleet } = view;
  return (
    <>
      <Heading
        back={{ href: paths.deskBooking(booking.id), label: 'The booking' }}
        title="Crew"
        lede={`${booking.guest.name} on ${vesselName(fleet, booking.vessel)}, ${tripText(booking)}`}
      />
      {view.done && <DoneNotice view={view} done={view.done} />}
      {view.refused && <Refused view={view} refused={view.refused} />}
      {crew?.status === 'on' ? (
        <>
          <OpenPlaces crew={crew} />
          {crew.charterMode === 'bareboat' && <RentersCaptain view={view} crew={crew} />}
          <Card title="On the crew">
            {crew.roster.length === 0 ? (
              <p class="quiet">Nobody yet: add somebody below.</p>
            ) : (
              <ul class="items">
                {crew.roster.map(place => (
                  <Place view={view} place={place} zone={booking.start.zone} />
                ))}
              </ul>
            )}
          </Card>
          <CrewNotes
            action={paths.deskNotes(booking.id)}
            formToken={view.formToken}
            notes={crew.notes}
            doubtful={view.doubtfulNotes}
          />
          <AddSomebody view={view} />
        </>
      ) : (
        <Empty title={crew ? 'The trip is cancelled' : 'The crew event is not there yet'}>
          <p>
            {crew
              ? 'Nothing on its crew changes any more.'
              : 'It is made a moment after the booking. Look at the surfaces of the booking if it does not come.'}
          </p>
        </Empty>
      )}
    </>
  );
}

function Act(props: { view: CrewPageView; act: CrewAct; children?: Child; kind?: 'main' | 'danger' }) {
  const { view, act, kind } = props;
  return (
    <PostForm action={paths.deskCrew(view.booking.id)} formToken={view.formToken} inline>
      <Hidden fields={fieldsOf(act)} />
      <Button {...(kind ? { kind } : {})}>{props.children}</Button>
    </PostForm>
  );
}

function Hidden({ fields }: { fields: Readonly<Record<string, string>> }) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

function DoneNotice({ view, done }: { view: CrewPageView; done: NonNullable<CrewPageView['done']> }) {
  return (
    <Notice
      kind="good"
      title={doneText(view.fleet, done.act)}
      cure="Whoever it concerns gets a letter, once."
      action={done.undo && <Act view={view} act={done.undo}>{`Undo: ${actText(view.fleet, done.undo)}`}</Act>}
    />
  );
}

/** Why something was not done, and the way to have it done all the same with a reason that is kept. */
function Refused({ view, refused }: { view: CrewPageView; refused: NonNullable<CrewPageView['refused']> }) {
  return (
    <>
      {refused.problems.map(problem => (
        <Notice kind="bad" title={problem.reason} cure={problem.cure} />
      ))}
      {refused.act && refused.mayInsist && (
        <Card title="Do it all the same?">
          <PostForm action={paths.deskCrew(view.booking.id)} formToken={view.formToken}>
            <Hidden fields={{ ...fieldsOf(refused.act), insists: 'yes' }} />
            <Field
              name="despite"
              label={`The reason: ${actText(view.fleet, refused.act)}`}
              hint="It is kept in the history of the trip, with your name."
              required
              input={{ maxlength: 300 }}
              {...(refused.wrong ? { wrong: { message: refused.wrong } } : {})}
            />
            <div class="row stretch">
              <Button kind="danger">Do it all the same</Button>
              <Button href={paths.deskCrew(view.booking.id)}>Leave it</Button>
            </div>
          </PostForm>
        </Card>
      )}
    </>
  );
}

const phoneAnswers: readonly { answer: Answer; label: string }[] = [
  { answer: 'accepted', label: 'Is coming' },
  { answer: 'declined', label: 'Is not coming' },
  { answer: 'unknown', label: 'Take the answer back' },
];

/** One person: what they said, and the ways to change it. */
function Place({ view, place, zone }: { view: CrewPageView; place: Assignment; zone: string }) {
  const { fleet } = view;
  const name = personName(fleet, place.person);
  const others = view.couldSail.filter(({ isCaptain }) => place.role !== 'captain' || isCaptain);
  return (
    <li class="place">
      <div class="row spread">
        <span>
          <strong>{name}</strong>{' '}
          <span class="quiet">
            {place.role}, {placeText(place)}
          </span>
        </span>
        <span class="row">
          <AnswerBadge place={place} />
          <Phone number={fleet.person(place.person)?.phone ?? null} />
        </span>
      </div>
      <AnswerWhen fleet={fleet} place={place} zone={zone} />
      <div class="row">
        {phoneAnswers
          .filter(({ answer }) => answer !== place.answer)
          .map(({ answer, label }) => (
            <Act view={view} act={{ do: 'answer', person: place.person, answer }}>
              <span class="unseen">{`${name} said on the phone: `}</span>
              {label}
            </Act>
          ))}
      </div>
      <details>
        <summary>Change who sails, new link</summary>
        <div class="stack">
          {others.length > 0 && (
            <PostForm action={paths.deskCrew(view.booking.id)} formToken={view.formToken}>
              <Hidden fields={{ do: 'substitute', out: place.person }} />
              <PersonChoice
                fleet={fleet}
                id={`instead-of-${place.person}`}
                label={`Instead of ${name}`}
                people={others}
              />
              <Button>Have them sail instead</Button>
            </PostForm>
          )}
          <PostForm action={paths.deskCrew(view.booking.id)} formToken={view.formToken}>
            <Hidden fields={{ do: 'release', person: place.person }} />
            <label class="check">
              <input type="checkbox" name="reopen" value="yes" checked /> Leave the place open for others
            </label>
            <Button kind="danger">{`Take ${name} off`}</Button>
          </PostForm>
          <p class="quiet">
            A phone is lost? The old link ends at once, and a new one goes to {name} by letter.
          </p>
          <Act view={view} act={{ do: 'link', person: place.person }}>{`Send ${name} a new link`}</Act>
        </div>
      </details>
    </li>
  );
}

function AddSomebody({ view }: { view: CrewPageView }) {
  if (view.couldSail.length === 0) return null;
  return (
    <Card title="Add somebody">
      <PostForm action={paths.deskCrew(view.booking.id)} formToken={view.formToken}>
        <PersonChoice fleet={view.fleet} id="somebody" label="Who" people={view.couldSail} />
        <Choice
          name="role"
          label="As"
          value="crew"
          options={[
            { value: 'crew', label: 'crew' },
            { value: 'captain', label: 'captain' },
          ]}
        />
        <div class="row stretch">
          <Button kind="main" name="do" value="assign">
            Give them a place
          </Button>
          <Button name="do" value="offer">
            Ask: first to accept
          </Button>
        </div>
      </PostForm>
    </Card>
  );
}

/** On a bareboat charter the law leaves the captain to the renter; what they chose is put in here. */
function RentersCaptain({ view, crew }: { view: CrewPageView; crew: CrewEvent }) {
  const { renterChose } = crew;
  const captains = view.fleet.people.filter(({ roles }) => roles.includes('captain'));
  return (
    <Card title="The renter’s captain">
      {renterChose && (
        <p>
          The renter chose{' '}
          <strong>
            {renterChose.captain === null
              ? 'a captain of their own'
              : personName(view.fleet, renterChose.captain)}
          </strong>
          , as {personName(view.fleet, renterChose.by)} recorded.
        </p>
      )}
      <PostForm action={paths.deskCrew(view.booking.id)} formToken={view.formToken}>
        <Hidden fields={{ do: 'renters-captain' }} />
        <PersonSelect
          id="renters-captain"
          label="Whom the renter chose"
          options={[
            ...captains.map(({ id, name }) => ({ value: id, label: name })),
            { value: own, label: 'a captain of their own' },
          ]}
        />
        <Button>Record the choice</Button>
      </PostForm>
    </Card>
  );
}

function PersonChoice(props: { fleet: Fleet; id: string; label: string; people: readonly CouldSail[] }) {
  const options = props.people.map(({ person, against }) => ({
    value: person,
    label: `${personName(props.fleet, person)}${against ? ` (${against})` : ''}`,
  }));
  return <PersonSelect id={props.id} label={props.label} options={options} />;
}

/** Several of these stand on one page, so each has an id of its own. */
function PersonSelect(props: {
  id: string;
  label: string;
  options: readonly { value: string; label: string }[];
}) {
  return (
    <div class="field">
      <label for={`field-${props.id}`}>{props.label}</label>
      <select id={`field-${props.id}`} name="person" required>
        <option value="">Choose</option>
        {props.options.map(({ value, label }) => (
          <option value={value}>{label}</option>
        ))}
      </select>
    </div>
  );
}
