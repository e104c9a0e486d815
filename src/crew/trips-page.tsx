import { clockOf, dateText, epochOf, zoneName } from '#lib/zoned.ts';
import { Page } from '#ui/layout.tsx';
import { Badge, Empty, Heading } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Time, TimeRange } from '#ui/times.tsx';
import { qrPath } from './feed-qr.uqr.ts';
import { scriptHref, styleHref } from './page-assets.ts';
import { untilText } from './page-cards.tsx';
import { Foot } from './pages.tsx';
import { FeedCard, Kept, PayCard, SignOutCard } from './phone-cards.tsx';
import type { TripRow, TripsView } from './trips-view.ts';

/** All that is ahead of one of the crew, the next trip first and large. What this phone has not opened is opened by its letter. */
export function TripsPage({ view, formToken, now }: { view: TripsView; formToken: string; now: number }) {
  const [next, ...later] = view.trips;
  return (
    <Page
      title="My trips"
      who={{ name: view.firstName }}
      foot={<Foot house={view.house} />}
      styles={[styleHref]}
      scripts={[scriptHref]}
      manifest={paths.crewManifest}
      touchIcon={paths.crewIcon('192')}
    >
      <Heading title="My trips" />
      <Kept now={now} zone={next?.start.zone ?? 'UTC'} />
      {next ? (
        <Next trip={next} now={now} />
      ) : (
        <Empty title="Nothing ahead">
          <p>When you are asked to sail, a letter comes with a link, and the trip stands here.</p>
        </Empty>
      )}
      {later.length > 0 && (
        <section class="card">
          <h2>Later</h2>
          <ul class="people">
            {later.map(trip => (
              <li>
                <span class="name">
                  <strong>
                    <TripName trip={trip} />
                  </strong>
                  <small>
                    <Time of={trip.start} />
                  </small>
                </span>
                <Answered trip={trip} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {view.feedUrl && (
        <FeedCard url={view.feedUrl}>
          <Qr address={view.feedUrl} />
        </FeedCard>
      )}
      <PayCard />
      <SignOutCard formToken={formToken} />
    </Page>
  );
}

function Next({ trip, now }: { trip: TripRow; now: number }) {
  const left = epochOf(trip.callTime) - now;
  return (
    <section class="card call">
      <h2>Next: {dateText(trip.start)}</h2>
      <p class="clock">
        {clockOf(trip.callTime)} <small>{zoneName(trip.callTime)}</small>
      </p>
      {left > 0 && (
        <p class="until" data-until={trip.callTime.at}>
          {untilText(left)}
        </p>
      )}
      <p class="sails">
        Call time as {trip.role}
        {trip.vessel && ` on ${trip.vessel}`}
        {trip.berth && `, ${trip.berth}`}
      </p>
      <p class="sails">
        Sails <TimeRange start={trip.start} end={trip.end} />
      </p>
      <p>
        <Answered trip={trip} />
      </p>
      {trip.isOpen ? (
        <a class="button" href={paths.crewEvent(trip.id)}>
          Open the trip
        </a>
      ) : (
        <p class="sails">To open it, press the button in its letter once on this phone.</p>
      )}
    </section>
  );
}

function TripName({ trip }: { trip: TripRow }) {
  return trip.isOpen ? <a href={paths.crewEvent(trip.id)}>{trip.title}</a> : <span>{trip.title}</span>;
}

function Answered({ trip: { answer } }: { trip: TripRow }) {
  const words = { accepted: 'you are coming', declined: 'you are not coming', unknown: 'not answered yet' };
  return <Badge state={answer}>{words[answer]}</Badge>;
}

/** The feed's address for another device: held up to its camera. */
function Qr({ address }: { address: string }) {
  const { size, path } = qrPath(address.replace(/^https?:/, 'webcal:'));
  return (
    <details>
      <summary>For another device</summary>
      <svg
        class="qr"
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label="QR code of your calendar address"
      >
        <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
        <path fill="#000" d={path} />
      </svg>
    </details>
  );
}
