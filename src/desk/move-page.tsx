import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Problem } from '#booking/problem.ts';
import { clockOf, dayOf } from '#lib/zoned.ts';
import { Button, Card, Choice, Heading, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { TimeRange } from '#ui/times.tsx';
import { problemsBeside, wrongWith } from './form.ts';
import { type MoveFieldValues, type MoveTo, vesselsFor } from './move-to.ts';
import { ProblemNotices } from './problem-notices.tsx';
import { type Ambiguity, TripTimes, timeFieldNames } from './trip-fields.tsx';
import { minutesOf } from './trip-times.ts';
import { lengthText, vesselName } from './words.ts';

const shown = [...timeFieldNames, 'end', 'start', 'vessel'];

/** Where a booking is given other times or another vessel: first typed, then shown beside the old ones before anybody is told. */
export function MovePage(props: {
  fleet: Fleet;
  booking: Booking;
  formToken: string;
  fields: MoveFieldValues;
  problems: readonly Problem[];
  ambiguity: Ambiguity | null;
  /** Of the chosen vessel. */
  zone: string;
  today: string;
}) {
  const { booking, fleet } = props;
  const vessels = vesselsFor(fleet, booking);
  return (
    <>
      <MoveHeading booking={booking} fleet={fleet} />
      <ProblemNotices problems={problemsBeside(props.problems, shown)} />
      <Card>
        <p>
          Now: <TimeRange start={booking.start} end={booking.end} /> (
          {lengthText(minutesOf(booking.start, booking.end))})
        </p>
        <PostForm action={paths.deskMove(booking.id)} formToken={props.formToken}>
          <input type="hidden" name="revision" value={String(booking.revision)} />
          <TripTimes
            fields={props.fields}
            problems={props.problems}
            ambiguity={props.ambiguity}
            zone={props.zone}
            today={props.today}
          />
          {(vessels.length > 1 || wrongWith(props.problems, 'vessel')) && (
            <Choice
              name="vessel"
              label="Vessel"
              value={props.fields.vessel}
              hint="Those the guest’s brand has. She brings her own crew and berth."
              wrong={wrongWith(props.problems, 'vessel')}
              options={vessels}
              required
            />
          )}
          <div class="row stretch">
            <Button kind="main">Show what changes</Button>
            <Button href={paths.deskBooking(booking.id)}>Leave it as it is</Button>
          </div>
        </PostForm>
      </Card>
    </>
  );
}

/** Old beside new, and who will be told, before it is done. */
export function MoveReview(props: {
  fleet: Fleet;
  booking: Booking;
  formToken: string;
  fields: MoveFieldValues;
  to: MoveTo;
  told: readonly string[];
}) {
  const { booking, fields, to, fleet } = props;
  const on = (vessel: string) => to.vessel !== booking.vessel && <> on {vesselName(fleet, vessel)}</>;
  return (
    <>
      <MoveHeading booking={booking} fleet={props.fleet} />
      <Card title="Old and new">
        <dl class="facts">
          <div>
            <dt>Until now</dt>
            <dd class="was">
              <TimeRange start={booking.start} end={booking.end} />
              {on(booking.vessel)}
            </dd>
          </div>
          <div>
            <dt>From now on</dt>
            <dd>
              <strong>
                <TimeRange start={to.start} end={to.end} />
                {on(to.vessel)}
              </strong>
            </dd>
          </div>
          <div>
            <dt>What differs</dt>
            <dd>{differences(booking, to)}</dd>
          </div>
          <div>
            <dt>Will be told</dt>
            <dd>{props.told.length > 0 ? props.told.join(', ') : 'Nobody: no letter has gone out yet.'}</dd>
          </div>
        </dl>
        <PostForm action={paths.deskMove(booking.id)} formToken={props.formToken}>
          <MoveFields booking={booking} fields={fields} />
          <div class="row stretch">
            <Button kind="main">Move it</Button>
            <Button href={paths.deskMove(booking.id)}>Change it</Button>
            <Button href={paths.deskBooking(booking.id)}>Leave it as it is</Button>
          </div>
        </PostForm>
      </Card>
    </>
  );
}

/** What a confirmed move posts; also the way back after one. */
export function MoveFields({ booking, fields }: { booking: Booking; fields: MoveFieldValues }) {
  const values = { ...fields, revision: String(booking.revision), confirmed: 'yes' };
  return (
    <>
      {Object.entries(values).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

function MoveHeading({ booking, fleet }: { booking: Booking; fleet: Fleet }) {
  return (
    <Heading
      back={{ href: paths.deskBooking(booking.id), label: 'The booking' }}
      title="Move"
      lede={`${booking.guest.name} on ${vesselName(fleet, booking.vessel)}`}
    />
  );
}

function differences({ vessel, start, end }: Booking, to: MoveTo): string {
  const lengths = [minutesOf(start, end), minutesOf(to.start, to.end)] as const;
  const parts = [
    vessel === to.vessel ? [] : ['the vessel, with her crew and berth'],
    dayOf(start) === dayOf(to.start) ? [] : ['the day'],
    clockOf(start) === clockOf(to.start) ? [] : [`the start, ${clockOf(start)} to ${clockOf(to.start)}`],
    lengths[0] === lengths[1] ? [] : [`the length, ${lengthText(lengths[0])} to ${lengthText(lengths[1])}`],
  ].flat();
  return parts.length > 0 ? parts.join('; ') : 'only which of two equal clock times is meant';
}
