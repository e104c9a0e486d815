import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Problem } from '#booking/problem.ts';
import { clockOf, dayOf, type ZonedTime } from '#lib/zoned.ts';
import { Button, Card, Heading, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { TimeRange } from '#ui/times.tsx';
import { problemsBeside } from './form.ts';
import { ProblemNotices } from './problem-notices.tsx';
import { type Ambiguity, TripTimes, timeFieldNames } from './trip-fields.tsx';
import { minutesOf, type TimeFields } from './trip-times.ts';
import { lengthText, vesselName } from './words.ts';

const shown = [...timeFieldNames, 'end', 'start'];

/** Where a booking is given other times: first typed, then shown beside the old ones before anybody is told. */
export function MovePage(props: {
  fleet: Fleet;
  booking: Booking;
  formToken: string;
  fields: TimeFields;
  problems: readonly Problem[];
  ambiguity: Ambiguity | null;
  today: string;
}) {
  const { booking, fleet } = props;
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
            zone={booking.start.zone}
            today={props.today}
          />
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
  fields: TimeFields;
  to: { start: ZonedTime; end: ZonedTime };
  told: readonly string[];
}) {
  const { booking, fields, to } = props;
  return (
    <>
      <MoveHeading booking={booking} fleet={props.fleet} />
      <Card title="Old and new">
        <dl class="facts">
          <div>
            <dt>Until now</dt>
            <dd class="was">
              <TimeRange start={booking.start} end={booking.end} />
            </dd>
          </div>
          <div>
            <dt>From now on</dt>
            <dd>
              <strong>
                <TimeRange start={to.start} end={to.end} />
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
            <Button href={paths.deskMove(booking.id)}>Change the times</Button>
            <Button href={paths.deskBooking(booking.id)}>Leave it as it is</Button>
          </div>
        </PostForm>
      </Card>
    </>
  );
}

/** What a confirmed move posts; also the way back after one. */
export function MoveFields({ booking, fields }: { booking: Booking; fields: TimeFields }) {
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

function differences({ start, end }: Booking, to: { start: ZonedTime; end: ZonedTime }): string {
  const lengths = [minutesOf(start, end), minutesOf(to.start, to.end)] as const;
  const parts = [
    dayOf(start) === dayOf(to.start) ? [] : ['the day'],
    clockOf(start) === clockOf(to.start) ? [] : [`the start, ${clockOf(start)} to ${clockOf(to.start)}`],
    lengths[0] === lengths[1] ? [] : [`the length, ${lengthText(lengths[0])} to ${lengthText(lengths[1])}`],
  ].flat();
  return parts.length > 0 ? parts.join('; ') : 'only which of two equal clock times is meant';
}
