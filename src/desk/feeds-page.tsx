import type { Fleet } from '#booking/fleet.ts';
import type { FeedShown } from '#intake/feeds-in/follow-feeds.ts';
import type { FeedMatch } from '#intake/feeds-in/match-feed.ts';
import { inZone } from '#lib/zoned.ts';
import { Badge, Button, Card, Empty, Fact, Facts, Heading, Notice, PostForm, Table } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Instant, TimeRange } from '#ui/times.tsx';
import { tripText, vesselName } from './words.ts';

/** Marketplaces' calendars: whether each is read well, and what each of its entries means here. */
export function FeedsPage(props: {
  fleet: Fleet;
  formToken: string;
  feeds: readonly FeedShown[];
  notice: string;
}) {
  const { feeds, notice } = props;
  return (
    <>
      <Heading
        back={{ href: paths.deskInbox(), label: 'Inbox' }}
        title="Marketplaces’ calendars"
        lede="Read every 15 minutes. They bear bookings out and keep time free; they never make, change or cancel a booking."
      />
      {notice === 'read' && <Notice kind="good" title="It was read just now." />}
      {notice === 'believed' && (
        <Notice kind="good" title="What vanished is let go of." cure="Bookings are as they were." />
      )}
      {feeds.length === 0 ? (
        <Empty title="No calendar is read">
          <p>
            Most marketplaces export a calendar for each boat. Name its secret address in the configuration,
            under the feeds of the source, and what is sold there is kept free here.
          </p>
        </Empty>
      ) : (
        feeds.map(shown => <FeedCard {...props} shown={shown} />)
      )}
    </>
  );
}

function FeedCard({ shown, fleet, formToken }: { shown: FeedShown; fleet: Fleet; formToken: string }) {
  const { feed, state, matches, unseen } = shown;
  const zone = fleet.vessel(feed.vessel)?.zone ?? fleet.house.zone;
  return (
    <Card title={`${vesselName(fleet, feed.vessel)} at ${feed.source}`} aside={<FeedBadge shown={shown} />}>
      {state?.alarm && (
        <Notice
          kind="bad"
          title={`${state.alarm.gone} of ${state.alarm.of} entries vanished at once; nothing was changed because of it.`}
          cure="Look at the marketplace. If it shows them again, this goes away by itself."
          action={
            <PostForm action={paths.deskFeeds} formToken={formToken} inline>
              <input type="hidden" name="feed" value={feed.id} />
              <Button kind="danger" name="what" value="believe">
                It is true: let go of them
              </Button>
            </PostForm>
          }
        />
      )}
      {state?.trouble && (
        <Notice
          kind="wait"
          title={state.trouble.reason}
          cure={
            <>
              Since <Instant at={state.trouble.since} zone={zone} />;{' '}
              {state.goodAt
                ? 'the last good copy counts meanwhile.'
                : 'nothing is kept free by it before it was read once.'}
            </>
          }
        />
      )}
      {state && state.unread > 0 && (
        <Notice
          kind="wait"
          title={`${state.unread} ${state.unread === 1 ? 'entry' : 'entries'} could not be taken.`}
          cure="Recurring entries are not read: keep the vessel free by hand for those times."
        />
      )}
      <Facts>
        <Fact label="Last good copy">
          {state?.goodAt ? <Instant at={state.goodAt} zone={zone} age /> : 'none yet'}
        </Fact>
        <Fact label="Read next">{state ? <Instant at={state.nextAt} zone={zone} /> : 'within a minute'}</Fact>
        {feed.roundsToDays && <Fact label="Times">whole days for any trip</Fact>}
      </Facts>
      {matches.length > 0 && <Matches matches={matches} zone={zone} />}
      {unseen.length > 0 && (
        <Notice
          kind="wait"
          title="Booked there, but not in its calendar:"
          cure={
            <ul>
              {unseen.map(booking => (
                <li>
                  <a href={paths.deskBooking(booking.id)}>{`${booking.guest.name}, ${tripText(booking)}`}</a>
                </li>
              ))}
            </ul>
          }
        />
      )}
      <PostForm action={paths.deskFeeds} formToken={formToken}>
        <input type="hidden" name="feed" value={feed.id} />
        <div class="row">
          <Button name="what" value="read">
            Read it now
          </Button>
        </div>
      </PostForm>
    </Card>
  );
}

/** How a calendar stands, in a word. */
export function FeedBadge({ shown: { state } }: { shown: FeedShown }) {
  if (state?.alarm) return <Badge state="failing">alarm</Badge>;
  if (state?.trouble) return <Badge state="failing">not readable</Badge>;
  return state?.goodAt ? <Badge state="done">read</Badge> : <Badge state="waiting">not read yet</Badge>;
}

function Matches({ matches, zone }: { matches: readonly FeedMatch[]; zone: string }) {
  return (
    <Table
      caption="Entries ahead"
      columns={[
        {
          label: 'When',
          kind: 'title',
          cell: ({ event }: FeedMatch) => (
            <TimeRange start={inZone(event.from, zone)} end={inZone(event.until, zone)} />
          ),
        },
        { label: 'There', cell: ({ event }) => (event.kind === 'reserved' ? 'reserved' : 'kept free') },
        { label: 'Here', cell: match => <Meaning match={match} /> },
      ]}
      rows={matches}
    />
  );
}

function Meaning({ match: { event, bears, against } }: { match: FeedMatch }) {
  if (bears.length > 0) return <>bears out {links(bears)}</>;
  if (against.length > 0) {
    return (
      <>
        <Badge state="conflict">conflict</Badge> with {links(against)};{' '}
        <a href={paths.deskHolds}>decide among the holds</a>
      </>
    );
  }
  return event.kind === 'reserved' ? <>kept free; its booking has not come in</> : <>kept free</>;
}

const links = (bookings: FeedMatch['bears']) =>
  bookings.map((booking, at) => (
    <>
      {at > 0 && ', '}
      <a href={paths.deskBooking(booking.id)}>{booking.guest.name}</a>
    </>
  ));
