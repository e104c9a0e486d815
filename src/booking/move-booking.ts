import { Refusal } from '#lib/refusal.ts';
import { clockOf, dayOf, epochOf, resolveWall, shift, type ZonedTime } from '#lib/zoned.ts';
import type { Booking, BookingId } from './booking.ts';
import { vesselUnknown } from './draft.ts';
import { refusalOf } from './problem.ts';
import type { BookingDesk } from './record-booking.ts';
import { bookingToChange, type Done, type Said, speakForDesk, typedTime } from './speak-for-desk.ts';
import { withVessel } from './vessel-claim.ts';

/** Where to, as typed: `15:30` keeps the day, `2027-06-01` keeps the time, both may stand together or carry an offset. */
export type Move = { start?: string; end?: string; vessel?: string };

/**
 * Moves a booking to another time or vessel. A start alone keeps the duration. Undone by moving it back.
 * Throws `booking-unknown`, `booking-cancelled`, `nothing-to-change`, `vessel-busy` or any problem of `draft.ts` and `times.ts`.
 */
export async function moveBooking(
  room: BookingDesk,
  id: BookingId,
  move: Move,
  how: Said = {},
): Promise<Done> {
  const booking = await bookingToChange(room, id);
  if (move.start === undefined && move.end === undefined && move.vessel === undefined) {
    throw new Refusal(
      'nothing-to-change',
      'The move names no start, end or vessel.',
      'Name at least one of them.',
    );
  }
  const vessel = room.fleet.vessel(move.vessel ?? booking.vessel);
  if (!vessel) throw refusalOf([vesselUnknown(move.vessel ?? booking.vessel)]);
  const times = newTimes(booking, move, vessel.zone);
  const fields = { ...(move.vessel === undefined ? {} : { vessel: vessel.id }), ...times };
  const trip = { holder: booking.id, start: times.start ?? booking.start, end: times.end ?? booking.end };
  return withVessel(room, vessel, trip, how.despite, () =>
    speakForDesk(room, booking.id, { kind: 'changed', fields }, how),
  );
}

function newTimes(booking: Booking, move: Move, zone: string): { start?: ZonedTime; end?: ZonedTime } {
  const near = inNewZone(booking.start, zone);
  const typed = move.start ?? (zone === booking.start.zone ? undefined : booking.start.local);
  const start = typed === undefined ? undefined : typedTime('start', typed, near, zone);
  if (move.end !== undefined) {
    const oldEnd = inNewZone(booking.end, zone);
    // A time alone is one on the day of the start, a date alone keeps the time of the end.
    const nearEnd = start ? { ...oldEnd, local: `${dayOf(start)}T${clockOf(oldEnd)}` } : oldEnd;
    return { ...(start ? { start } : {}), end: typedTime('end', move.end, nearEnd, zone) };
  }
  if (!start) return {};
  const minutes = (epochOf(booking.end) - epochOf(booking.start)) / 60_000;
  return { start, end: shift(start, { minutes }) };
}

/** The same clock on another dock, to complete what was typed; which instant that is does not matter for that. */
function inNewZone(time: ZonedTime, zone: string): ZonedTime {
  const resolved = resolveWall(time.local, zone);
  return resolved.kind === 'exact' ? resolved.time : resolved.kind === 'ambiguous' ? resolved.earlier : time;
}
