import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Account } from '#booking/fold.ts';
import type { Problem } from '#booking/problem.ts';
import { nameOfPart, nameText, type PartSeen } from '#booking/split-booking.ts';
import { Button, Card, Fact, Facts, Heading, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { TimeRange } from '#ui/times.tsx';
import { ProblemNotices } from './problem-notices.tsx';
import { partyText, tripText, vesselName } from './words.ts';

/** Shows both halves of a booking as they would be, and asks why they are two trips. */
export function SplitPage(props: {
  fleet: Fleet;
  booking: Booking;
  seen: PartSeen;
  formToken: string;
  problems: readonly Problem[];
  told: readonly string[];
  why: string;
}) {
  const { fleet, booking, seen, told } = props;
  const name = nameOfPart(seen.part);
  const isWrong = props.problems.some(({ field }) => field === 'why');
  return (
    <>
      <Heading
        back={{ href: paths.deskBooking(booking.id), label: 'The booking' }}
        title="Two trips taken as one?"
        lede={`${booking.guest.name} on ${vesselName(fleet, booking.vessel)}, ${tripText(booking)}`}
      />
      <ProblemNotices problems={props.problems} />
      <div class="grid even">
        <Half fleet={fleet} booking={booking} title="This booking stays" account={seen.stays} />
        <Half
          fleet={fleet}
          booking={booking}
          title={`${nameText(name)} becomes its own`}
          account={seen.goes}
        />
      </div>
      <Card title="What happens">
        <Facts>
          <Fact label="Gets its own">
            Page, crew event, calendar entry and ledger; what it had before comes back.
          </Fact>
          <Fact label="Will be told">
            {told.length > 0
              ? `${told.join(', ')}, where something changes for them.`
              : 'Nobody: no letter has gone out yet.'}
          </Fact>
          <Fact label="Later messages">Under {nameText(name)} are about the other one from now on.</Fact>
        </Facts>
        <PostForm action={paths.deskSplit(booking.id)} formToken={props.formToken}>
          <input type="hidden" name="source" value={name.source} />
          <input type="hidden" name="name" value={name.externalId} />
          <input type="hidden" name="revision" value={String(booking.revision)} />
          <div class="field">
            <label for="why">Why are they two trips?</label>
            <input
              id="why"
              name="why"
              value={props.why}
              maxlength={300}
              required
              aria-invalid={isWrong ? 'true' : undefined}
              aria-describedby={isWrong ? 'why-wrong' : undefined}
            />
            {isWrong && (
              <span class="wrong" id="why-wrong">
                A reason is needed. It is kept with your name.
              </span>
            )}
          </div>
          <div class="row stretch">
            <Button kind="main">They are two trips</Button>
            <Button href={paths.deskBooking(booking.id)}>Leave it</Button>
          </div>
        </PostForm>
      </Card>
    </>
  );
}

function Half({
  fleet,
  booking,
  title,
  account,
}: {
  fleet: Fleet;
  booking: Booking;
  title: string;
  account: Account;
}) {
  const { vessel, start, end, guestName, partySize } = account.fields;
  return (
    <Card title={title}>
      <Facts>
        <Fact label="Guest">{guestName ?? '—'}</Fact>
        <Fact label="Vessel">{vesselName(fleet, vessel ?? booking.vessel)}</Fact>
        <Fact label="When">{start && end ? <TimeRange start={start} end={end} /> : '—'}</Fact>
        <Fact label="Party">{partySize === undefined ? '—' : partyText(partySize)}</Fact>
        <Fact label="Status">{account.status}</Fact>
      </Facts>
    </Card>
  );
}

/** The way there, where a booking came together from more than one. */
export function SplitCard({ booking, parts }: { booking: Booking; parts: readonly PartSeen[] }) {
  if (parts.length === 0 || booking.forgottenAt) return null;
  return (
    <Card title="Came together" id="parts">
      <p class="quiet">More than one name leads to this booking. If one is another trip, split it off.</p>
      <ul class="items">
        {parts.map(({ part, goes }) => {
          const { source, externalId } = nameOfPart(part);
          const query = new URLSearchParams({ source, name: externalId });
          return (
            <li>
              <span>{nameText({ source, externalId })}</span>
              <span class="quiet">{goes.fields.guestName ?? ''}</span>
              <Button href={`${paths.deskSplit(booking.id)}?${query}`}>Is it another trip?</Button>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
