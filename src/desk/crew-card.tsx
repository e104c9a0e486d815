import type { CrewRole, Fleet } from '#booking/fleet.ts';
import { type Assignment, type CrewEvent, roomIn } from '#crew/crew.ts';
import { isRentersChoice } from '#crew/crew-up.ts';
import { timeText } from '#lib/zoned.ts';
import { Badge, Button, Card, type Column, Notice, Table } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Instant } from '#ui/times.tsx';
import { personName } from './words.ts';

/** Who is asked, what they said, which places are open and until when, with the way to change it. */
export function CrewCard(props: { fleet: Fleet; crew: CrewEvent | null; booking: string; zone: string }) {
  const { fleet, crew, zone } = props;
  if (!crew) {
    return (
      <Card title="Crew">
        <p class="quiet">The crew event is not there yet.</p>
      </Card>
    );
  }
  return (
    <Card title="Crew" aside={<span class="quiet">on board by {timeText(crew.callTime)}</span>}>
      <OpenPlaces crew={crew} />
      {crew.roster.length === 0 ? (
        <p class="quiet">Nobody is on the roster of this trip.</p>
      ) : (
        <Table
          caption="Crew of this trip"
          captionUnseen
          columns={columnsFor(fleet, zone)}
          rows={crew.roster}
        />
      )}
      <Passed fleet={fleet} crew={crew} zone={zone} />
      {crew.status === 'on' && (
        <div class="row">
          <Button href={paths.deskCrew(props.booking)}>Change the crew</Button>
          <Button href={paths.deskManifest(props.booking)}>Passenger list</Button>
        </div>
      )}
    </Card>
  );
}

/** What is missing: places that nobody holds, and a captain whom only the renter can choose. */
export function OpenPlaces({ crew }: { crew: CrewEvent }) {
  if (crew.status === 'cancelled') return null;
  const open = (['captain', 'crew'] as const).filter(role => roomIn(crew, role) > 0);
  return (
    <>
      {isRentersChoice(crew) && (
        <Notice
          kind="wait"
          title="The renter has to choose a captain."
          cure="This is a bareboat charter: until the choice is recorded, no captain is asked."
        />
      )}
      {open.map(role => (
        <OpenPlace crew={crew} role={role} />
      ))}
    </>
  );
}

function OpenPlace({ crew, role }: { crew: CrewEvent; role: CrewRole }) {
  const room = roomIn(crew, role);
  const asked = crew.roster.filter(
    place => place.role === role && !place.holds && place.answer === 'unknown',
  ).length;
  return (
    <Notice
      kind={asked > 0 ? 'wait' : 'bad'}
      title={`${room === 1 ? 'A place' : `${room} places`} as ${role} ${room === 1 ? 'is' : 'are'} open.`}
      cure={
        asked > 0
          ? `${asked === 1 ? 'One person is' : `${asked} people are`} asked; the first to accept has it.`
          : 'Nobody is asked for it: somebody has to be found.'
      }
    />
  );
}

/** What a place is to the person: theirs, up for whoever accepts first, or given up. */
export function placeText({ holds, answer }: Assignment): string {
  if (holds) return 'has the place';
  return answer === 'declined' ? 'gave it up' : 'asked, first to accept';
}

const columnsFor = (fleet: Fleet, zone: string): Column<Assignment>[] => [
  { label: 'Name', kind: 'title', cell: place => personName(fleet, place.person) },
  { label: 'As', kind: 'plain', cell: place => `${place.role}, ${placeText(place)}` },
  { label: 'Answer', kind: 'plain', cell: place => <AnswerBadge place={place} /> },
  { label: 'When', kind: 'plain', cell: place => <AnswerWhen fleet={fleet} place={place} zone={zone} /> },
  {
    label: 'Phone',
    kind: 'plain',
    cell: place => <Phone number={fleet.person(place.person)?.phone ?? null} />,
  },
];

export function AnswerBadge({ place }: { place: Assignment }) {
  return <Badge state={place.answer}>{place.answer === 'unknown' ? 'no answer' : undefined}</Badge>;
}

/** When somebody answered and who put it in, or by when an answer is awaited. */
export function AnswerWhen({ fleet, place, zone }: { fleet: Fleet; place: Assignment; zone: string }) {
  const { answer, answeredAt, answeredBy, answerBy, person } = place;
  if (answer !== 'unknown' && answeredAt) {
    return (
      <span class="quiet">
        <Instant at={answeredAt} zone={zone} />
        {answeredBy !== null && answeredBy !== person && `, put in by ${personName(fleet, answeredBy)}`}
      </span>
    );
  }
  return answerBy ? (
    <span class="quiet">
      answer by <Instant at={answerBy} zone={zone} />
    </span>
  ) : null;
}

export function Phone({ number }: { number: string | null }) {
  return number === null ? null : <a href={`tel:${number.replace(/[^+\d]/g, '')}`}>{number}</a>;
}

/** Who came second for a place: thanked, and asked again should it open. */
function Passed({ fleet, crew, zone }: { fleet: Fleet; crew: CrewEvent; zone: string }) {
  if (crew.passed.length === 0) return null;
  return (
    <p class="quiet">
      Thanked, because somebody accepted first:{' '}
      {crew.passed.map(({ person, at }, index) => (
        <>
          {index > 0 && ', '}
          {personName(fleet, person)} (<Instant at={at} zone={zone} />)
        </>
      ))}
      .
    </p>
  );
}
