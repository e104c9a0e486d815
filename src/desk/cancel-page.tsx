import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Problem } from '#booking/problem.ts';
import { Button, Card, Fact, Facts, Heading, Notice, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { ProblemNotices } from './problem-notices.tsx';
import { tripText, vesselName } from './words.ts';

/** Asks before a booking is called off, and says what that does. */
export function CancelPage(props: {
  fleet: Fleet;
  booking: Booking;
  formToken: string;
  problems: readonly Problem[];
  /** Surfaces that say something now. */
  withdrawn: readonly string[];
  told: readonly string[];
}) {
  const { booking, withdrawn, told } = props;
  const sources = [...new Set(booking.names.map(name => name.source))];
  return (
    <>
      <Heading
        back={{ href: paths.deskBooking(booking.id), label: 'The booking' }}
        title="Cancel this booking?"
        lede={`${booking.guest.name} on ${vesselName(props.fleet, booking.vessel)}, ${tripText(booking)}`}
      />
      <ProblemNotices problems={props.problems} />
      {sources.length > 0 && (
        <Notice
          kind="wait"
          title={`This does not cancel it at ${sources.join(' or ')}.`}
          cure="Cancel it there first: only they can pay the guest back, and a fee may be due."
        />
      )}
      <Card title="What happens">
        <Facts>
          <Fact label="Is withdrawn">
            {withdrawn.length > 0 ? withdrawn.join(', ') : 'Nothing: no surface says anything yet.'}
          </Fact>
          <Fact label="Will be told">
            {told.length > 0 ? told.join(', ') : 'Nobody: no letter has gone out yet.'}
          </Fact>
          <Fact label="Stays">The booking with its history, here at the desk.</Fact>
        </Facts>
        <PostForm action={paths.deskCancel(booking.id)} formToken={props.formToken}>
          <input type="hidden" name="revision" value={String(booking.revision)} />
          <div class="row stretch">
            <Button kind="danger">Cancel the booking</Button>
            <Button href={paths.deskBooking(booking.id)}>Keep it</Button>
          </div>
        </PostForm>
      </Card>
    </>
  );
}
