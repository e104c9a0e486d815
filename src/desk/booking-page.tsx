import type { Child } from 'hono/jsx';
import type { Booking, BookingField, Origin } from '#booking/booking.ts';
import type { Disagreement } from '#booking/disagreements.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { PartSeen } from '#booking/split-booking.ts';
import type { Belief } from '#booking/surface.ts';
import { serverConflicts } from '#calendar/server-calendar-surface.ts';
import type { CrewEvent } from '#crew/crew.ts';
import type { Due } from '#durable/agenda.ts';
import type { Wishes } from '#guest-page/guest-wishes.ts';
import type { Posted } from '#mail/post.ts';
import { Badge, Button, Card, type Column, Heading, PostForm, Table } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Instant } from '#ui/times.tsx';
import { BeliefsBoard, boardName } from './beliefs-board.tsx';
import { LettersCard, TimelineCard, UpcomingCard } from './booking-cards.tsx';
import { CrewCard } from './crew-card.tsx';
import { SplitCard } from './split-page.tsx';
import type { Happening } from './timeline.ts';
import { TwinsCard, VoicesCard } from './voices-card.tsx';
import { bookingFields, fieldLabels, fieldText, partyText, tripText, vesselName } from './words.ts';

export type BookingView = {
  fleet: Fleet;
  formToken: string;
  booking: Booking;
  beliefs: readonly Belief[];
  isSettled: boolean;
  /** The trip is over or off, so its guest may be erased. */
  mayForget: boolean;
  /** The desk itself called it off, and there is still time. */
  mayRestore: boolean;
  crew: CrewEvent | null;
  letters: readonly Posted[];
  /** How the guest wants to be written to. */
  wishes: Wishes;
  agenda: readonly (Due & { doneAt: string | null })[];
  timeline: readonly Happening[];
  sayer: (origin: Origin) => string;
  /** The page of the delivery that brought a message. */
  deliveryUrl: (origin: Origin) => string | null;
  letterUrl: (letter: string) => string | null;
  /** For owners only; null for everybody else. */
  money: Child | null;
  notice: Child | null;
  /** What those who speak of it say differently. */
  open: readonly Disagreement[];
  /** Other bookings of the vessel in its time. */
  twins: readonly Booking[];
  /** What it could be split into. */
  parts: readonly PartSeen[];
};

/** All that is known about one booking, and what can be done about it. */
export function BookingPage(view: BookingView) {
  const { booking, fleet } = view;
  return (
    <>
      <div id="head" data-live="">
        <Heading
          back={{ href: paths.deskBookings, label: 'Bookings' }}
          title={
            <>
              {booking.guest.name} <span class="quiet">on {vesselName(fleet, booking.vessel)}</span>
            </>
          }
          lede={
            <>
              {tripText(booking)} · {partyText(booking.partySize)} · <Badge state={booking.status} />
            </>
          }
          actions={<Actions view={view} />}
        />
      </div>
      {view.notice}
      <div class="grid two">
        <div class="grid">
          <VoicesCard {...view} />
          <TwinsCard {...view} />
          <SplitCard {...view} />
          <Surfaces view={view} />
          <div class="grid" id="what" data-live="">
            <CrewCard fleet={fleet} crew={view.crew} booking={booking.id} zone={booking.start.zone} />
            <LettersCard {...view} />
            <Sources view={view} />
          </div>
        </div>
        <div class="grid" id="when" data-live="">
          {view.money}
          <UpcomingCard agenda={view.agenda} zone={booking.start.zone} />
          <TimelineCard timeline={view.timeline} zone={booking.start.zone} />
        </div>
      </div>
    </>
  );
}

function Actions({ view }: { view: BookingView }) {
  const { booking, formToken } = view;
  if (booking.forgottenAt) return null;
  const erase = view.mayForget && (
    <Button kind="danger" href={paths.deskForget(booking.id)}>
      Erase the guest
    </Button>
  );
  if (booking.status === 'cancelled') {
    return (
      <>
        {view.mayRestore && (
          <PostForm action={paths.deskRestore(booking.id)} formToken={formToken} inline>
            <Button>Take the cancellation back</Button>
          </PostForm>
        )}
        {erase}
      </>
    );
  }
  return (
    <>
      <Button href={paths.deskMove(booking.id)}>Move</Button>
      <Button href={paths.deskCorrect(booking.id)}>Correct</Button>
      <Button href={paths.deskPhotos(booking.id)}>Photos</Button>
      <Button kind="danger" href={paths.deskCancel(booking.id)}>
        Cancel the booking
      </Button>
      {erase}
    </>
  );
}

/** The board with its live line. Without scripts a link asks again; what waits for a person has a button. */
function Surfaces({ view }: { view: BookingView }) {
  const { booking, beliefs, isSettled, fleet, formToken } = view;
  const needsPerson = beliefs.some(({ state }) => state === 'stuck' || state === 'failing');
  return (
    <Card
      title="Who believes what"
      id="surfaces"
      aside={
        needsPerson ? (
          <PostForm action={paths.deskRetry(booking.id)} formToken={formToken} inline>
            <Button>Try again now</Button>
            {beliefs.some(({ error }) => error && serverConflicts.includes(error.code)) && (
              <Button name="do" value="write over">
                Write over it
              </Button>
            )}
          </PostForm>
        ) : (
          !isSettled && (
            <noscript>
              <a href={paths.deskBooking(booking.id)}>Refresh</a>
            </noscript>
          )
        )
      }
    >
      <p class="unseen" role="status" id="progress-line" />
      <div
        class="stack"
        data-progress={paths.deskProgress(booking.id, isSettled ? boardName(booking, beliefs) : undefined)}
        data-progress-line="progress-line"
      >
        <BeliefsBoard fleet={fleet} booking={booking} beliefs={beliefs} />
      </div>
    </Card>
  );
}

/** Each field with the message that set it last. */
function Sources({ view }: { view: BookingView }) {
  const { booking, fleet } = view;
  const zone = booking.start.zone;
  const origin = (field: BookingField) => booking.origins[field];
  const columns: Column<BookingField>[] = [
    { label: 'Field', kind: 'short', cell: field => fieldLabels[field] },
    { label: 'Says', kind: 'plain', cell: field => fieldText(fleet, booking, field) },
    {
      label: 'Said by',
      kind: 'plain',
      cell: field => {
        const from = origin(field);
        if (!from) return null;
        const url = view.deliveryUrl(from);
        return (
          <span class="quiet">
            {url ? <a href={url}>{view.sayer(from)}</a> : view.sayer(from)},{' '}
            <Instant at={from.at} zone={zone} />
          </span>
        );
      },
    },
  ];
  return (
    <Card title="The booking, and who said so">
      <Table
        caption="Each field with the message that set it"
        captionUnseen
        columns={columns}
        rows={bookingFields}
      />
      <p class="quiet">
        {booking.names.length > 0 && (
          <>
            Known outside as{' '}
            {booking.names.map((name, index) => (
              <>
                {index > 0 && ', '}
                <code>{name.externalId}</code> at {name.source}
              </>
            ))}
            .{' '}
          </>
        )}
        Here <code>{booking.id}</code>, revision {booking.revision}, charter mode {booking.charterMode}.
      </p>
    </Card>
  );
}
