import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Problem } from '#booking/problem.ts';
import { Button, Card, Fact, Facts, Heading, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { problemsBeside } from './form.ts';
import { type GuestFields, GuestInputs, guestFieldNames } from './guest-fields.tsx';
import { ProblemNotices } from './problem-notices.tsx';
import { tripText, vesselName } from './words.ts';

/** Where the guest of a booking and the party are corrected. Done at once: it can be undone. */
export function CorrectPage(props: {
  fleet: Fleet;
  booking: Booking;
  formToken: string;
  fields: GuestFields;
  problems: readonly Problem[];
  told: readonly string[];
}) {
  const { fleet, booking, problems } = props;
  return (
    <>
      <Heading
        back={{ href: paths.deskBooking(booking.id), label: 'The booking' }}
        title="Correct guest and party"
        lede={`${booking.guest.name} on ${vesselName(fleet, booking.vessel)}, ${tripText(booking)}`}
      />
      <ProblemNotices problems={problemsBeside(problems, guestFieldNames)} />
      <Card>
        <PostForm action={paths.deskCorrect(booking.id)} formToken={props.formToken}>
          <input type="hidden" name="revision" value={String(booking.revision)} />
          <GuestInputs fields={props.fields} problems={problems} />
          <Facts>
            <Fact label="Have letters">
              {props.told.length > 0 ? props.told.join(', ') : 'Nobody: no letter has gone out yet.'}
            </Fact>
          </Facts>
          <p class="quiet">
            Pages and calendars follow at once; who has a letter that no longer holds is written to again.
          </p>
          <div class="row stretch">
            <Button kind="main">Correct it</Button>
            <Button href={paths.deskBooking(booking.id)}>Leave it as it is</Button>
          </div>
        </PostForm>
      </Card>
    </>
  );
}

/** What a correction posts; also the way back after one. */
export function CorrectFields({ booking, fields }: { booking: Booking; fields: GuestFields }) {
  const values = { ...fields, revision: String(booking.revision) };
  return (
    <>
      {Object.entries(values).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
