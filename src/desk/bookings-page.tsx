import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Standing } from '#fulfilment/beliefs.ts';
import { dateText, rangeText } from '#lib/zoned.ts';
import { Badge, Button, Choice, type Column, Empty, Field, Heading, Table } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Time } from '#ui/times.tsx';
import type { ListFilter, When } from './look-up.ts';
import { partyText, vesselName } from './words.ts';

const whens: readonly { value: When; label: string }[] = [
  { value: 'upcoming', label: 'Upcoming' },
  { value: 'past', label: 'Past' },
  { value: 'cancelled', label: 'Cancelled' },
];

export const whenOf = (text: string | undefined): When =>
  whens.find(({ value }) => value === text)?.value ?? 'upcoming';

export function BookingsPage(props: {
  fleet: Fleet;
  filter: ListFilter;
  rows: readonly Booking[];
  standings: ReadonlyMap<string, Standing>;
  /** Continues the list; null on its last page. */
  next: string | null;
  isFirstPage: boolean;
  /** There has never been a booking. */
  isEmpty: boolean;
}) {
  const { fleet, filter, rows, next, isFirstPage } = props;
  return (
    <>
      <Heading
        title="Bookings"
        actions={
          <Button kind="main" href={paths.deskNewBooking}>
            Add a booking
          </Button>
        }
      />
      {!props.isEmpty && <Filters fleet={fleet} filter={filter} />}
      {props.isEmpty ? (
        <NoBookings />
      ) : rows.length === 0 ? (
        <NothingFound filter={filter} />
      ) : (
        <section class="stack">
          <BookingsTable fleet={fleet} rows={rows} standings={props.standings} />
          {(next !== null || !isFirstPage) && (
            <nav class="row" aria-label="Pages of the list">
              {!isFirstPage && <Button href={hrefOf(filter)}>Back to the first page</Button>}
              {next !== null && <Button href={hrefOf(filter, next)}>Next page</Button>}
            </nav>
          )}
        </section>
      )}
    </>
  );
}

/** Bookings as rows: when, who, and whether everybody has been told the truth. Also used on the first page of the desk. */
export function BookingsTable(props: {
  fleet: Fleet;
  rows: readonly Booking[];
  standings: ReadonlyMap<string, Standing>;
  caption?: string;
}) {
  const { fleet, rows, standings } = props;
  const columns: Column<Booking>[] = [
    {
      label: 'Guest',
      kind: 'title',
      cell: booking => <a href={paths.deskBooking(booking.id)}>{booking.guest.name}</a>,
    },
    { label: 'Day', kind: 'plain', cell: booking => <Time of={booking.start} show="date" /> },
    { label: 'Time', kind: 'plain', cell: booking => timesOf(booking) },
    { label: 'Vessel', kind: 'plain', cell: booking => vesselName(fleet, booking.vessel) },
    {
      label: 'Party',
      kind: 'plain',
      cell: booking => <span class="whole">{partyText(booking.partySize)}</span>,
    },
    { label: 'Status', kind: 'plain', cell: booking => <Badge state={booking.status} /> },
    { label: 'Surfaces', kind: 'plain', cell: booking => <StandingBadge of={standings.get(booking.id)} /> },
  ];
  return <Table caption={props.caption ?? 'Bookings'} captionUnseen columns={columns} rows={rows} />;
}

/** How the surfaces of a booking stand, in a word or two. */
export function StandingBadge({ of }: { of: Standing | undefined }) {
  if (!of || of.stated + of.pending + of.troubled + of.withdrawn === 0) {
    return (
      <Badge state="none" tone="wait">
        not yet told
      </Badge>
    );
  }
  if (of.troubled > 0) {
    return (
      <Badge state="failing" tone="bad">
        {of.troubled} failing
      </Badge>
    );
  }
  if (of.pending > 0) return <Badge state="pending">{of.pending} pending</Badge>;
  return of.stated === 0 ? (
    <Badge state="none" tone="plain">
      all withdrawn
    </Badge>
  ) : (
    <Badge state="stated">all stated</Badge>
  );
}

/** The clock part of a range; with the day where the trip ends on another one. */
function timesOf(booking: Booking) {
  const text = rangeText(booking.start, booking.end);
  const day = `${dateText(booking.start)}, `;
  return text.startsWith(day) ? <span class="whole">{text.slice(day.length)}</span> : text;
}

function Filters({ fleet, filter }: { fleet: Fleet; filter: ListFilter }) {
  return (
    <form class="filters" method="get" action={paths.deskBookings}>
      <Field
        name="q"
        label="Search"
        type="search"
        value={filter.text}
        input={{ placeholder: 'Guest, address or booking name', autocomplete: 'off', enterkeyhint: 'search' }}
      />
      <Choice name="when" label="When" value={filter.when} options={whens} />
      <Choice
        name="vessel"
        label="Vessel"
        value={filter.vessel}
        none="All vessels"
        options={fleet.vessels.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <div class="row">
        <Button>Show</Button>
      </div>
    </form>
  );
}

function NoBookings() {
  return (
    <Empty title="No bookings yet">
      <p>
        The first one arrives by itself when a marketplace posts to <code>{paths.webhook('{source}')}</code>.
        To see how it looks, add one by hand, or feed a message with{' '}
        <code>gangway intake FILE --source ID</code>.
      </p>
      <Button href={paths.deskNewBooking}>Add the first booking</Button>
    </Empty>
  );
}

function NothingFound({ filter }: { filter: ListFilter }) {
  const isNarrow = filter.text !== '' || filter.vessel !== '';
  return (
    <Empty title={isNarrow ? 'Nothing matches' : `No ${filter.when} bookings`}>
      <p>
        {isNarrow
          ? `No ${filter.when} booking fits what you asked for. Words are searched from their beginning.`
          : 'Choose another time above to see the others.'}
      </p>
      {isNarrow && (
        <Button href={hrefOf({ when: filter.when, vessel: '', text: '' })}>Show all {filter.when}</Button>
      )}
    </Empty>
  );
}

function hrefOf(filter: ListFilter, after?: string): string {
  const query = new URLSearchParams({ when: filter.when });
  if (filter.text) query.set('q', filter.text);
  if (filter.vessel) query.set('vessel', filter.vessel);
  if (after) query.set('after', after);
  return `${paths.deskBookings}?${query}`;
}
