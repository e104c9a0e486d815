import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Problem } from '#booking/problem.ts';
import { Button, Card, Fact, Facts, Heading, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { ProblemNotices } from './problem-notices.tsx';
import { tripText, vesselName } from './words.ts';

/** Asks before a guest is erased, and says what goes and what stays: there is no way back. */
export function ForgetPage(props: {
  fleet: Fleet;
  booking: Booking;
  formToken: string;
  problems: readonly Problem[];
  /** Not so while the trip is still to come, nor when it has been done. */
  isPossible: boolean;
}) {
  const { booking } = props;
  const sources = [...new Set(booking.names.map(name => name.source))];
  return (
    <>
      <Heading
        back={{ href: paths.deskBooking(booking.id), label: 'The booking' }}
        title="Erase this guest?"
        lede={`${booking.guest.name} on ${vesselName(props.fleet, booking.vessel)}, ${tripText(booking)}`}
      />
      <ProblemNotices problems={props.problems} />
      {props.isPossible && (
        <Card title="What happens">
          <Facts>
            <Fact label="Is erased">
              Name, e-mail and phone; notes; the guest’s page; letters kept here; what was sent in about this
              booking.
            </Fact>
            <Fact label="Stays">
              The trip without its guest, the ledger, and what others have in their mailboxes and calendars.
            </Fact>
            {sources.length > 0 && (
              <Fact label="Stays there too">What {sources.join(' and ')} knows: ask them yourself.</Fact>
            )}
            <Fact label="Way back">None. Nothing about this booking can be changed afterwards.</Fact>
          </Facts>
          <PostForm action={paths.deskForget(booking.id)} formToken={props.formToken}>
            <input type="hidden" name="revision" value={String(booking.revision)} />
            <div class="row stretch">
              <Button kind="danger">Erase the guest for good</Button>
              <Button href={paths.deskBooking(booking.id)}>Keep the guest</Button>
            </div>
          </PostForm>
        </Card>
      )}
    </>
  );
}
