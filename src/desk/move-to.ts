import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Move } from '#booking/move-booking.ts';
import type { Problem } from '#booking/problem.ts';
import { offsetText, type ZonedTime } from '#lib/zoned.ts';
import { type TimeFields, timeFieldsOf } from './trip-times.ts';
import { vesselName } from './words.ts';

/** Where a booking is moved to, as text in a form. */
export type MoveFieldValues = TimeFields & { vessel: string };

/** What a form that was read amounts to. */
export type MoveTo = { vessel: string; start: ZonedTime; end: ZonedTime };

export const moveFieldsOf = (booking: Booking): MoveFieldValues => ({
  ...timeFieldsOf(booking),
  vessel: booking.vessel,
});

/** The vessels a booking may sail on: the guest booked with a brand. Her own stays a choice even when she left the fleet. */
export function vesselsFor(fleet: Fleet, booking: Booking): readonly { value: string; label: string }[] {
  const brands = fleet.vessels.filter(({ brand }) => brand === booking.brand);
  const others = brands.filter(({ id }) => id !== booking.vessel);
  const away = others.some(({ zone }) => zone !== booking.start.zone);
  return [
    { value: booking.vessel, label: vesselName(fleet, booking.vessel) },
    ...others.map(({ id, name, zone }) => ({ value: id, label: away ? `${name}, ${zone}` : name })),
  ];
}

/** The IANA zone of the berth a vessel has; of the booking's own where she is not in the fleet. */
export const zoneAt = (fleet: Fleet, vessel: string, booking: Booking): string =>
  fleet.vessel(vessel)?.zone ?? booking.start.zone;

/** Only what differs: what a person did not change keeps who said it. Null when nothing does. */
export function moveOf(booking: Booking, { vessel, start, end }: MoveTo): Move | null {
  const sameTimes =
    start.at === booking.start.at && end.at === booking.end.at && start.zone === booking.start.zone;
  if (sameTimes && vessel === booking.vessel) return null;
  return {
    ...(vessel === booking.vessel ? {} : { vessel }),
    ...(sameTimes ? {} : { start: offsetText(start), end: offsetText(end) }),
  };
}

export const notOfTheBrand: Problem = {
  field: 'vessel',
  code: 'vessel-unknown',
  reason: 'This vessel does not sail for the brand the guest booked with.',
  cure: 'Choose one of the vessels in the list, or cancel this booking and enter a new one.',
};

export const sameTrip: Problem = {
  field: 'start',
  code: 'nothing-to-change',
  reason: 'These are the times and the vessel it has already.',
  cure: 'Change the day, the start, the length or the vessel.',
};
