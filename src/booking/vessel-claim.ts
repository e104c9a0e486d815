import { isoInstant } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { inZone, rangeText, shift, type ZonedTime } from '#lib/zoned.ts';
import { type Claim, onTheMove, turnaroundOf } from './claims.ts';
import type { Vessel } from './fleet.ts';
import type { BookingDesk } from './record-booking.ts';

export type Berthed = { readonly holder: string; readonly start: ZonedTime; readonly end: ZonedTime };

/** What a trip takes of its vessel: from the start until she is ready for the next. */
export const vesselClaim = (vessel: Vessel, { holder, start, end }: Berthed): Claim => ({
  what: `vessel ${vessel.id}`,
  holder,
  from: start.at,
  until: shift(end, { minutes: turnaroundOf(vessel) }).at,
  expiresAt: null,
  why: `Charter on ${vessel.name}`,
});

const minutesHeld = 5;

/**
 * Does what a person asks for only while the vessel is theirs for those hours; of two who ask in the same moment one is
 * refused. `despite` is the reason for having both all the same, kept with the claim. Refusal `vessel-busy`.
 */
export async function withVessel<T extends { readonly booking: { readonly id: string } | null }>(
  room: BookingDesk,
  vessel: Vessel,
  trip: Berthed,
  despite: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const { claims } = room;
  if (!claims) return work();
  const firm = vesselClaim(vessel, trip);
  const hold: Claim = {
    ...firm,
    holder: `${trip.holder}${onTheMove}`,
    expiresAt: isoInstant(room.clock.now() + minutesHeld * 60_000),
  };
  const taking = await claims.take(hold, despite ? 'anyway' : 'if free', trip.holder);
  if (taking.kind === 'busy') throw vesselBusy(vessel, taking.against);
  try {
    const done = await work();
    const holder = done.booking?.id ?? trip.holder;
    const why = despite ? `${firm.why}, despite another: ${despite}` : firm.why;
    await claims.take({ ...firm, holder, why }, 'anyway');
    return done;
  } finally {
    await claims.release(hold.what, hold.holder);
  }
}

function vesselBusy(vessel: Vessel, against: Taken): Refusal {
  const [first] = against;
  const when = first ? rangeText(inZone(first.from, vessel.zone), inZone(first.until, vessel.zone)) : '';
  return new Refusal(
    'vessel-busy',
    `${vessel.name} is taken then: ${first?.why ?? 'another trip'} (${first?.holder}), ${when}, turnaround included.`,
    'Choose another time or vessel. If both are meant, say why: the reason is kept, and the conflict stays on the desk.',
    { vessel: vessel.id, holders: against.map(({ holder }) => holder) },
  );
}

type Taken = readonly Claim[];
