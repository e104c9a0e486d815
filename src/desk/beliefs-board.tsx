import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Belief } from '#booking/surface.ts';
import { digestOf } from '#lib/digest.ts';
import { Badge, type Column, Empty, Table } from '#ui/parts.tsx';
import { Instant } from '#ui/times.tsx';
import { standingText } from './settled.ts';
import { recipientText } from './words.ts';

/** By which a page and its live progress know that they show the same board. */
export const boardName = (booking: Booking, beliefs: readonly Belief[]): string =>
  digestOf([booking, beliefs]).slice(0, 16);

/** Who believes what about a booking: every surface and recipient with the revision it says. The part that live progress replaces. */
export function BeliefsBoard(props: { fleet: Fleet; booking: Booking; beliefs: readonly Belief[] }) {
  const { fleet, booking, beliefs } = props;
  if (beliefs.length === 0) {
    return (
      <Empty title="Nothing has been said yet">
        <p>The surfaces appear here as soon as work on this booking begins, usually within a second.</p>
      </Empty>
    );
  }
  const zone = booking.start.zone;
  const columns: Column<Belief>[] = [
    { label: 'Surface', kind: 'title', cell: belief => <SurfaceName belief={belief} /> },
    { label: 'To', kind: 'plain', cell: belief => recipientText(fleet, booking, belief.recipient) },
    { label: 'Says', kind: 'plain', cell: belief => <Revisions belief={belief} /> },
    {
      label: 'State',
      kind: 'plain',
      cell: belief => (
        <>
          <Badge state={belief.state} />
          {belief.error && <span class="fault">{belief.error.message}</span>}
        </>
      ),
    },
    {
      label: 'Since',
      kind: 'plain',
      cell: belief => (
        <span class="quiet">
          <Instant at={belief.at} zone={zone} />
        </span>
      ),
    },
  ];
  return (
    <>
      <p class="quiet" data-summary="">
        {standingText(booking, beliefs)}
      </p>
      <Table
        caption={`What each surface says about this booking, now at revision ${booking.revision}`}
        captionUnseen
        columns={columns}
        rows={beliefs}
        rowKey={belief => `${belief.surface} ${belief.recipient}`}
        rowState={belief => `${belief.state} ${belief.statedRevision} ${belief.error?.code ?? ''}`}
      />
    </>
  );
}

function SurfaceName({ belief }: { belief: Belief }) {
  return belief.url && belief.state !== 'withdrawn' ? (
    <a class="one-line" href={belief.url}>
      {belief.surface}
    </a>
  ) : (
    <span class="one-line">{belief.surface}</span>
  );
}

function Revisions({ belief: { statedRevision, desiredRevision, state } }: { belief: Belief }) {
  if (state === 'withdrawn') return <span class="one-line">nothing any more</span>;
  const says = statedRevision === null ? 'nothing yet' : `revision ${statedRevision}`;
  return (
    <>
      <span class="one-line">{says}</span>
      {statedRevision !== desiredRevision && `, should say ${desiredRevision}`}
    </>
  );
}
