import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Suppression } from '#mail/suppressed.ts';
import { Badge, Button, Card, type Column, Empty, Heading, Notice, PostForm, Table } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Instant } from '#ui/times.tsx';
import { AddressesCard, AddressNotice } from './addresses-card.tsx';
import { type Trouble, troublesShown } from './troubles.ts';
import { recipientText, vesselName } from './words.ts';

/** Everything that is stuck or failing, with its reason, since when, and the way to try it again. */
export function FailuresPage(props: {
  fleet: Fleet;
  formToken: string;
  troubles: readonly Trouble[];
  bookings: ReadonlyMap<string, Booking>;
  notice: string;
  /** Addresses that letters came back from. */
  addresses: readonly Suppression[];
  /** One that something was decided about just now. */
  decided: Suppression | null;
}) {
  const { fleet, troubles, bookings, formToken } = props;
  const forPerson = troubles.filter(({ nextTryAt }) => nextTryAt === null);
  const byItself = troubles.filter(({ nextTryAt }) => nextTryAt !== null);
  const table = (caption: string, rows: readonly Trouble[]) => (
    <TroublesTable caption={caption} rows={rows} fleet={fleet} bookings={bookings} formToken={formToken} />
  );
  return (
    <>
      <Heading title="Failures" lede="What is not as it should be, across all bookings." />
      {props.notice === 'retried' && (
        <Notice title="Trying again now." cure="What still fails comes back here with its reason." />
      )}
      {props.decided && <AddressNotice of={props.decided} formToken={formToken} />}
      {troubles.length + props.addresses.length === 0 && (
        <Empty title="Everything is as it should be">
          <p>
            When a page cannot be published, a letter comes back or the mail server is down, it stands here
            with the reason, since when, and a button to try again.
          </p>
        </Empty>
      )}
      {forPerson.length > 0 && (
        <Card title="Waits for a person">{table('Waits for a person', forPerson)}</Card>
      )}
      <AddressesCard fleet={fleet} formToken={formToken} addresses={props.addresses} />
      {byItself.length > 0 && <Card title="Is tried again by itself">{table('Tried again', byItself)}</Card>}
      {troubles.length === troublesShown && (
        <p class="quiet">The first {troublesShown} are shown; others come up as these are mended.</p>
      )}
    </>
  );
}

/** Troubles as rows; also used on the first page of the desk. */
export function TroublesTable(props: {
  caption: string;
  rows: readonly Trouble[];
  fleet: Fleet;
  bookings: ReadonlyMap<string, Booking>;
  formToken: string;
}) {
  const { fleet, bookings, formToken, rows } = props;
  const zone = fleet.house.zone;
  const columns: Column<Trouble>[] = [
    {
      label: 'What',
      kind: 'title',
      cell: trouble => <What trouble={trouble} fleet={fleet} bookings={bookings} />,
    },
    {
      label: 'Why',
      kind: 'plain',
      cell: trouble => (
        <>
          <Badge state={trouble.state} /> {trouble.reason}
        </>
      ),
    },
    { label: 'Since', cell: trouble => <Instant at={trouble.since} zone={zone} age /> },
    ...(rows.some(({ nextTryAt }) => nextTryAt !== null) ? [nextTry(zone)] : []),
    { label: 'Action', kind: 'action', cell: trouble => <Retry trouble={trouble} formToken={formToken} /> },
  ];
  return <Table caption={props.caption} captionUnseen columns={columns} rows={rows} />;
}

const nextTry = (zone: string): Column<Trouble> => ({
  label: 'Next try',
  cell: trouble => trouble.nextTryAt !== null && <Instant at={trouble.nextTryAt} zone={zone} age />,
});

function What(props: { trouble: Trouble; fleet: Fleet; bookings: ReadonlyMap<string, Booking> }) {
  const { trouble, fleet } = props;
  const booking = trouble.booking === null ? null : (props.bookings.get(trouble.booking) ?? null);
  const towards = trouble.towards === null ? null : recipientText(fleet, booking, trouble.towards);
  return (
    <>
      {booking ? (
        <a href={paths.deskBooking(booking.id)}>
          {booking.guest.name}, {vesselName(fleet, booking.vessel)}
        </a>
      ) : null}
      <span class={booking ? 'quiet under' : undefined}>
        {trouble.what}
        {towards && ` to ${towards}`}
      </span>
    </>
  );
}

function Retry({ trouble, formToken }: { trouble: Trouble; formToken: string }) {
  const { kind, id } = trouble.retry;
  if (kind === 'delivery') return <Button href={paths.deskDelivery(id)}>Look at it</Button>;
  return (
    <PostForm action={paths.deskFailures} formToken={formToken} inline>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="id" value={id} />
      <Button>Try again</Button>
    </PostForm>
  );
}
