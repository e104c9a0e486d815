import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import { desk } from '#booking/message.ts';
import { Button, Notice, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { TimeRange } from '#ui/times.tsx';
import { CorrectFields } from './correct-page.tsx';
import { guestFieldNames, guestFieldsOf } from './guest-fields.tsx';
import { MoveFields } from './move-page.tsx';
import { moveFieldsOf } from './move-to.ts';
import { partyText, vesselName } from './words.ts';

/** What was just done to a booking, with the way back where there is one. Null for a code that says nothing here. */
export function BookingNotice(props: {
  fleet: Fleet;
  code: string;
  booking: Booking;
  formToken: string;
  /** The booking that was split off just now. */
  other: string | null;
  /** As it was before a move or a correction; null when that is not known or something else has happened since. */
  before: Booking | null;
}) {
  const { fleet, code, booking, formToken, other, before } = props;
  switch (code) {
    case 'added':
      return (
        <Notice kind="good" title="Added." cure="Crew and guest are being told; you can watch it below." />
      );
    case 'decided':
      return (
        <Notice
          kind="good"
          title="Decided."
          cure="The desk says so from now on; Move or Correct changes it again."
        />
      );
    case 'merged':
      return (
        <Notice
          kind="good"
          title="They are one booking now."
          cure="What the other one had made is taken back; whoever has a letter of it is told."
        />
      );
    case 'split':
      return (
        <Notice
          kind="good"
          title="They are two bookings now."
          cure={
            other !== null && (
              <>
                Look at <a href={paths.deskBooking(other)}>the other booking</a>.
              </>
            )
          }
          action={
            other !== null && (
              <PostForm action={paths.deskMerge(booking.id)} formToken={formToken} inline>
                <input type="hidden" name="other" value={other} />
                <Button>They are one trip after all</Button>
              </PostForm>
            )
          }
        />
      );
    case 'moved':
      return (
        <Notice
          kind="good"
          title="Moved."
          cure={
            before && (
              <>
                It was{' '}
                <span class="was">
                  <TimeRange start={before.start} end={before.end} />
                  {before.vessel !== booking.vessel && <> on {vesselName(fleet, before.vessel)}</>}
                </span>
              </>
            )
          }
          action={
            before && (
              <PostForm action={paths.deskMove(booking.id)} formToken={formToken} inline>
                <MoveFields booking={booking} fields={moveFieldsOf(before)} />
                <Button>Undo</Button>
              </PostForm>
            )
          }
        />
      );
    case 'corrected':
      return (
        <Notice
          kind="good"
          title="Corrected."
          cure={before && <WasFacts before={before} booking={booking} />}
          action={
            before && (
              <PostForm action={paths.deskCorrect(booking.id)} formToken={formToken} inline>
                <CorrectFields booking={booking} fields={guestFieldsOf(before)} />
                <Button>Undo</Button>
              </PostForm>
            )
          }
        />
      );
    case 'cancelled':
      return (
        <Notice
          title="Cancelled."
          cure="Everything it said is being withdrawn; you can watch it below."
          action={
            booking.status === 'cancelled' &&
            booking.origins.status?.source === desk && (
              <PostForm action={paths.deskRestore(booking.id)} formToken={formToken} inline>
                <Button>Undo</Button>
              </PostForm>
            )
          }
        />
      );
    case 'restored':
      return <Notice kind="good" title="The booking stands again." cure="Crew and guest are being told." />;
    case 'forgotten':
      return booking.forgottenAt ? (
        <Notice
          kind="good"
          title="The guest is erased."
          cure="The trip and the ledger stay, and what others have in their mailboxes."
        />
      ) : null;
    case 'retried':
      return <Notice title="Trying again now." cure="What comes of it shows below within seconds." />;
    case 'changed-meanwhile':
      return (
        <Notice
          kind="bad"
          title="Somebody else changed this booking while you were looking: nothing was done."
          cure="Look at it as it is now, then decide again."
        />
      );
    default:
      return null;
  }
}

/** What the guest and the party were, where they differ. */
function WasFacts({ before, booking }: { before: Booking; booking: Booking }) {
  const [was, now] = [guestFieldsOf(before), guestFieldsOf(booking)];
  const lost = guestFieldNames.filter(name => was[name] !== now[name] && was[name] !== '');
  return lost.length === 0 ? null : (
    <>
      It was{' '}
      {lost.map((name, index) => (
        <>
          {index > 0 && ', '}
          <span class="was">{name === 'partySize' ? partyText(before.partySize) : was[name]}</span>
        </>
      ))}
    </>
  );
}
