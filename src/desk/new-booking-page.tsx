import type { Fleet } from '#booking/fleet.ts';
import type { Problem } from '#booking/problem.ts';
import { Button, Card, Choice, Heading, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { problemsBeside, wrongWith } from './form.ts';
import { type GuestFields, GuestInputs } from './guest-fields.tsx';
import { ProblemNotices } from './problem-notices.tsx';
import { type Ambiguity, TripTimes, timeFieldNames } from './trip-fields.tsx';
import type { TimeFields } from './trip-times.ts';

/** What is typed for a new booking, as text. */
export type NewBookingFields = TimeFields & GuestFields & { vessel: string };

export const newBookingFields: Readonly<NewBookingFields> = {
  vessel: '',
  date: '',
  start: '',
  length: '180',
  which: '',
  guestName: '',
  guestEmail: '',
  guestPhone: '',
  partySize: '',
};

const shown = [...timeFieldNames, 'end', ...Object.keys(newBookingFields)];

/** Where a booking that came by telephone is put in; what follows is the same as for any other. */
export function NewBookingPage(props: {
  fleet: Fleet;
  formToken: string;
  /** Makes a form that is sent twice count once. */
  once: string;
  fields: NewBookingFields;
  problems: readonly Problem[];
  ambiguity: Ambiguity | null;
  /** Of the chosen vessel, or of the house. */
  zone: string;
  today: string;
}) {
  const { fleet, fields, problems } = props;
  const wrong = (name: string) => wrongWith(problems, name);
  return (
    <>
      <Heading
        back={{ href: paths.deskBookings, label: 'Bookings' }}
        title="Add a booking"
        lede="For a trip that was not booked on a marketplace. Crew and guest are written to at once."
      />
      <ProblemNotices problems={problemsBeside(problems, shown)} />
      <Card>
        <PostForm action={paths.deskNewBooking} formToken={props.formToken}>
          <input type="hidden" name="once" value={props.once} />
          <fieldset>
            <legend>Trip</legend>
            <Choice
              name="vessel"
              label="Vessel"
              value={fields.vessel}
              wrong={wrong('vessel')}
              options={fleet.vessels.map(({ id, name }) => ({ value: id, label: name }))}
              required
            />
            <TripTimes
              fields={fields}
              problems={problems}
              ambiguity={props.ambiguity}
              zone={props.zone}
              today={props.today}
            />
          </fieldset>
          <fieldset>
            <legend>Guest</legend>
            <GuestInputs fields={fields} problems={problems} />
          </fieldset>
          <div class="row stretch">
            <Button kind="main">Add the booking</Button>
            <Button href={paths.deskBookings}>Do not add it</Button>
          </div>
        </PostForm>
      </Card>
    </>
  );
}
