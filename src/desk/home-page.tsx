import type { Booking } from '#booking/booking.ts';
import type { KnownConflict } from '#booking/conflicts.ts';
import type { CrewRole, Fleet } from '#booking/fleet.ts';
import { nameOf, zoneOf } from '#booking/holds.ts';
import { leftText, type RunningOut } from '#crew/credential-warnings.ts';
import { goodUntil } from '#crew/credentials.ts';
import type { Standing } from '#fulfilment/beliefs.ts';
import type { Delivery } from '#intake/inbox.ts';
import type { Drift } from '#intake/mail/drift.ts';
import { dateText, inZone } from '#lib/zoned.ts';
import type { Suppression } from '#mail/suppressed.ts';
import { Badge, Button, Card, Empty, Heading } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { BookingsTable } from './bookings-page.tsx';
import { TroublesTable } from './failures-page.tsx';
import { DriftNotices } from './quarantine-page.tsx';
import type { Trouble } from './troubles.ts';
import { personName, tripText, vesselName } from './words.ts';

const first = 5;

/** What needs a person now, then what sails next. */
export function HomePage(props: {
  fleet: Fleet;
  formToken: string;
  day: string;
  troubles: readonly Trouble[];
  held: readonly Delivery[];
  /** Taken twice, and nobody has said why. */
  conflicts: readonly KnownConflict[];
  /** Addresses that letters came back from, and nobody has looked at. */
  addresses: readonly Suppression[];
  drift: readonly Drift[];
  /** Upcoming trips with a place that nobody holds and nobody is asked for. */
  uncrewed: readonly { booking: Booking; roles: readonly CrewRole[] }[];
  /** Credentials on their way out, the most pressing first. */
  papers: readonly RunningOut[];
  bookings: ReadonlyMap<string, Booking>;
  next: readonly Booking[];
  standings: ReadonlyMap<string, Standing>;
  sailingThisWeek: string;
  isEmpty: boolean;
  /** How many photos wait to be looked at, by trip. */
  photos: readonly { readonly booking: Booking; readonly photos: number }[];
}) {
  const { fleet, held, next, conflicts, uncrewed, addresses } = props;
  const urgent = props.troubles.filter(({ nextTryAt }) => nextTryAt === null);
  const waits = urgent.length + held.length + conflicts.length + uncrewed.length + addresses.length;
  return (
    <>
      <Heading
        title="Today"
        lede={props.day}
        actions={
          <Button kind="main" href={paths.deskNewBooking}>
            Add a booking
          </Button>
        }
      />
      <DriftNotices drift={props.drift} fleet={fleet} />
      <ul class="counts">
        <Count href={paths.deskBookings} number={props.sailingThisWeek} text="sail in the next 7 days" />
        <Count
          href={paths.deskFailures}
          number={String(props.troubles.length)}
          text="failing or stuck"
          isBad={props.troubles.length > 0}
        />
        <Count
          href={paths.deskQuarantine}
          number={String(held.length)}
          text="held back"
          isBad={held.length > 0}
        />
        {props.photos.length > 0 && (
          <Count
            href="#photos"
            number={String(props.photos.reduce((sum, { photos }) => sum + photos, 0))}
            text="photos to look at"
          />
        )}
      </ul>
      {waits > 0 && (
        <Card title="Needs a person now">
          {urgent.length > 0 && (
            <TroublesTable
              caption="Waits for a person"
              rows={urgent.slice(0, first)}
              fleet={fleet}
              bookings={props.bookings}
              formToken={props.formToken}
            />
          )}
          {uncrewed.length > 0 && (
            <ul class="items">
              {uncrewed.slice(0, first).map(({ booking, roles }) => (
                <li>
                  <a href={paths.deskCrew(booking.id)}>Nobody to sail as {roles.join(' and ')}</a>
                  <span>
                    {vesselName(fleet, booking.vessel)}, {tripText(booking)}
                  </span>
                </li>
              ))}
            </ul>
          )}
          {conflicts.length > 0 && (
            <ul class="items">
              {conflicts.slice(0, first).map(({ sides: [one, other] }) => (
                <li>
                  <a href={paths.deskHolds}>{nameOf(fleet, one.what)} is taken twice</a>
                  <span>
                    {dateText(inZone(one.from, zoneOf(fleet, one.what)))}: {one.why}; {other.why}
                  </span>
                </li>
              ))}
            </ul>
          )}
          {addresses.length > 0 && (
            <ul class="items">
              {addresses.slice(0, first).map(({ address, said }) => (
                <li>
                  <a href={`${paths.deskFailures}#addresses`}>Letters do not reach {address}</a>
                  <span>{said}</span>
                </li>
              ))}
            </ul>
          )}
          {held.length > 0 && (
            <ul class="items">
              {held.slice(0, first).map(delivery => (
                <li>
                  <a href={paths.deskDelivery(delivery.id)}>Message from {delivery.source}</a>
                  <span>{delivery.problems[0]?.reason ?? 'It was held back.'}</span>
                </li>
              ))}
            </ul>
          )}
          {(urgent.length > first || held.length > first) && (
            <p>
              More in <a href={paths.deskFailures}>failures</a> and{' '}
              <a href={paths.deskQuarantine}>quarantine</a>.
            </p>
          )}
        </Card>
      )}
      {props.photos.length > 0 && (
        <Card title="Photos to look at" id="photos">
          <ul class="items">
            {props.photos.map(({ booking, photos }) => (
              <li>
                <a href={paths.deskPhotos(booking.id)}>
                  {booking.guest.name} on {vesselName(fleet, booking.vessel)}
                </a>
                <span class="quiet">
                  {photos === 1 ? 'One photo' : `${photos} photos`}, {tripText(booking)}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <PapersCard fleet={fleet} papers={props.papers} />
      {next.length > 0 ? (
        <Card title="Next trips" aside={<a href={paths.deskBookings}>All upcoming</a>}>
          <BookingsTable fleet={fleet} rows={next} standings={props.standings} caption="Next trips" />
        </Card>
      ) : (
        <Empty title={props.isEmpty ? 'No bookings yet' : 'No trips ahead'}>
          <p>
            {props.isEmpty
              ? 'The first booking arrives by itself when a marketplace reports it; its whole way shows here. You can also add one by hand.'
              : 'Nothing is booked from today on.'}
          </p>
          <Button href={paths.deskNewBooking}>Add a booking</Button>
        </Empty>
      )}
    </>
  );
}

/** Whose credential runs out, in good time; nothing while none does. */
function PapersCard({ fleet, papers }: { fleet: Fleet; papers: readonly RunningOut[] }) {
  if (papers.length === 0) return null;
  return (
    <Card title="Credentials that run out">
      <ul class="items">
        {papers.map(({ person, credential, daysLeft }) => (
          <li>
            <span>
              <strong>{personName(fleet, person)}</strong>: {credential.kind}{' '}
              <Badge state="credential" tone={daysLeft <= 14 ? 'bad' : daysLeft <= 60 ? 'wait' : 'plain'}>
                {leftText(daysLeft)}
              </Badge>
            </span>
            <span class="quiet">
              Good until {goodUntil(credential, fleet.house.zone)}. Nobody sails as{' '}
              {credential.neededAs.join(' or ')} after that day; the new date goes into the configuration.
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Count(props: { href: string; number: string; text: string; isBad?: boolean }) {
  return (
    <li>
      <a href={props.href} class={props.isBad ? 'bad' : undefined}>
        <strong>{props.number}</strong>
        <span class="quiet">{props.text}</span>
      </a>
    </li>
  );
}
