import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { FeedShown } from '#intake/feeds-in/follow-feeds.ts';
import { type Delivery, isMail } from '#intake/inbox.ts';
import type { Drift } from '#intake/mail/drift.ts';
import { Badge, Button, Card, Empty, Heading, Table } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Instant } from '#ui/times.tsx';
import { FeedBadge } from './feeds-page.tsx';
import { DriftNotices } from './quarantine-page.tsx';
import { vesselName } from './words.ts';

/** Everything that came in, newest first, each with what became of it and who vouches for it. */
export function InboxPage(props: {
  fleet: Fleet;
  deliveries: readonly Delivery[];
  bookings: ReadonlyMap<string, Booking>;
  drift: readonly Drift[];
  feeds: readonly FeedShown[];
  filter: { source: string; state: string };
  /** There are more than are shown. */
  isMore: boolean;
}) {
  const { fleet, deliveries, feeds, filter } = props;
  return (
    <>
      <Heading
        title="Inbox"
        lede="What marketplaces sent, newest first, and what became of it."
        actions={<Button href={paths.deskFeeds}>Marketplaces’ calendars</Button>}
      />
      <DriftNotices drift={props.drift} fleet={fleet} />
      {feeds.length > 0 && (
        <ul class="items">
          {feeds.map(shown => (
            <li>
              <a href={paths.deskFeeds}>
                Calendar of {vesselName(fleet, shown.feed.vessel)} at {shown.feed.source}
              </a>
              <span>
                <FeedBadge shown={shown} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {deliveries.length === 0 ? (
        <Empty title={filter.source || filter.state ? 'Nothing of that kind' : 'Nothing has come in yet'}>
          <p>
            {filter.source || filter.state ? (
              <a href={paths.deskInbox()}>Show everything</a>
            ) : (
              'Webhooks and mails of the marketplaces show here as they come in.'
            )}
          </p>
        </Empty>
      ) : (
        <Card>
          <Filters filter={filter} />
          <Table
            caption="What came in"
            captionUnseen
            columns={[
              {
                label: 'Came in',
                kind: 'title',
                cell: ({ id, receivedAt }: Delivery) => (
                  <a href={paths.deskDelivery(id)}>
                    <Instant at={receivedAt} zone={fleet.house.zone} age />
                  </a>
                ),
              },
              {
                label: 'From',
                cell: delivery => `${delivery.source}, ${isMail(delivery) ? 'mail' : 'webhook'}`,
              },
              { label: 'Verdict', cell: verdict },
              { label: 'Became', cell: delivery => became(delivery, props.bookings) },
            ]}
            rows={deliveries}
          />
          {props.isMore && <p class="quiet">Older ones are kept, too; narrow it down to see them.</p>}
        </Card>
      )}
    </>
  );
}

function Filters({ filter }: { filter: { source: string; state: string } }) {
  const states = ['recorded', 'quarantined', 'conflict', 'poisoned', 'discarded', 'pending'];
  return (
    <p class="row">
      <a href={paths.deskInbox()} aria-current={filter.state === '' ? 'page' : undefined}>
        everything
      </a>
      {states.map(state => (
        <a href={paths.deskInbox({ state })} aria-current={filter.state === state ? 'page' : undefined}>
          {state}
        </a>
      ))}
    </p>
  );
}

/** Who answers for its being the marketplace's. */
function verdict({ via, vouched, ...delivery }: Delivery) {
  if (via === 'by-hand') return 'fed by a person';
  if (isMail(delivery)) {
    if (vouched === null) return <Badge state="unknown">nobody vouches</Badge>;
    return vouched.by === 'nobody' ? <Badge state="unknown">nobody vouches</Badge> : vouched.by;
  }
  return via === 'signed' ? 'signature' : 'secret address';
}

const outcomes = {
  created: 'a new booking',
  changed: 'a change',
  cancelled: 'a cancellation',
  asked: 'a question to the marketplace',
  nothing: 'nothing to do',
  unchanged: 'nothing new',
  remembered: 'remembered only',
  noted: 'a note in the books',
} as const;

function became({ state, outcome, problems }: Delivery, bookings: ReadonlyMap<string, Booking>) {
  if (state !== 'recorded' || !outcome) {
    return (
      <>
        <Badge state={state} /> <span class="quiet">{problems[0]?.reason}</span>
      </>
    );
  }
  const booking = outcome.booking && bookings.get(outcome.booking);
  return (
    <>
      {outcomes[outcome.kind]}
      {booking && (
        <>
          {': '}
          <a href={paths.deskBooking(booking.id)}>{booking.guest.name}</a>
        </>
      )}
    </>
  );
}
