import type { Endpoint, Sending } from '#announcements/announcement.ts';
import type { Disabled } from '#announcements/announcement-store.ts';
import type { Fleet } from '#booking/fleet.ts';
import { Badge, Button, Card, type Column, Empty, Heading, Notice, PostForm, Table } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Instant } from '#ui/times.tsx';

type Shown = {
  fleet: Fleet;
  formToken: string;
  endpoints: readonly Endpoint[];
  disabled: readonly Disabled[];
  sendings: readonly Sending[];
  notice: string;
};

/** What the operator's own programs were told, what became of it, and the way to tell it once more. */
export function WebhooksPage(props: Shown) {
  const { endpoints, disabled, sendings, notice, formToken, fleet } = props;
  return (
    <>
      <Heading
        title="Webhooks"
        lede="What your own programs are told: bookings, answers of the crew, surfaces that fail."
      />
      {notice === 'replayed' && <Notice title="Sent once more." cure="What came of it stands below." />}
      {notice === 'enabled' && (
        <Notice kind="good" title="It is sent to again." cure="What had waited goes first." />
      )}
      {disabled.map(({ endpoint, at, reason }) => (
        <Notice
          kind="bad"
          title={`${endpoint} is disabled: ${reason}`}
          cure="It said that it wants nothing more. What happens meanwhile waits; nothing is lost."
          action={
            <PostForm action={paths.deskWebhooks} formToken={formToken} inline>
              <input type="hidden" name="endpoint" value={endpoint} />
              <Button name="what" value="enable">
                Send to it again
              </Button>
              <span class="quiet">
                {' '}
                since <Instant at={at} zone={fleet.house.zone} age />
              </span>
            </PostForm>
          }
        />
      ))}
      {endpoints.length === 0 ? (
        <Empty title="No program is told anything">
          <p>
            Name one under <code>webhooks</code> in the configuration, with its address and a secret, and it
            is told of every booking, signed as Standard Webhooks has it.
          </p>
        </Empty>
      ) : (
        <Card title="Deliveries">
          {sendings.length === 0 ? (
            <p class="quiet">Nothing has happened yet that they are told of.</p>
          ) : (
            <Table caption="Deliveries" captionUnseen columns={columns(props)} rows={sendings} />
          )}
        </Card>
      )}
    </>
  );
}

const columns = ({ fleet, formToken, disabled }: Shown): Column<Sending>[] => [
  {
    label: 'What',
    kind: 'title',
    cell: ({ announcement: { kind, booking }, endpoint }) => (
      <>
        {booking ? <a href={paths.deskBooking(booking)}>{kind}</a> : kind}
        <span class="quiet under">to {endpoint}</span>
      </>
    ),
  },
  {
    label: 'How it went',
    kind: 'plain',
    cell: ({ state, status, reason, attempts }) => (
      <>
        <Badge state={state} tone={tones[state]} /> {reason ?? (status === null ? '' : `answered ${status}`)}
        {attempts > 1 && <span class="quiet"> after {attempts} tries</span>}
      </>
    ),
  },
  {
    label: 'Happened',
    cell: ({ announcement }) => <Instant at={announcement.at} zone={fleet.house.zone} age />,
  },
  {
    label: 'Next try',
    cell: ({ nextAt, state, endpoint }) => {
      if (state !== 'pending' || nextAt === null) return '–';
      if (isDisabled(disabled, endpoint)) return 'once it is sent to again';
      return <Instant at={nextAt} zone={fleet.house.zone} age />;
    },
  },
  {
    label: 'Action',
    kind: 'action',
    cell: ({ announcement, endpoint }) =>
      !isDisabled(disabled, endpoint) && (
        <PostForm action={paths.deskWebhooks} formToken={formToken} inline>
          <input type="hidden" name="delivery" value={announcement.id} />
          <input type="hidden" name="endpoint" value={endpoint} />
          <Button name="what" value="replay">
            Replay
          </Button>
        </PostForm>
      ),
  },
];

const isDisabled = (disabled: readonly Disabled[], id: string) =>
  disabled.some(({ endpoint }) => endpoint === id);

const tones = { delivered: 'good', pending: 'wait', failed: 'bad' } as const;
