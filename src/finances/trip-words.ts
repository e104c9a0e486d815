import { type Booking, firstNameOf } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import { rangeText } from '#lib/zoned.ts';
import type { Sailing } from './settle.ts';

/** A trip in the words of a letter: label and value, in reading order. */
export type Facts = Readonly<Record<string, string>>;

export const tripFacts = (
  booking: Booking,
  sailing: readonly Sailing[] | null,
  fleet: Fleet,
  guest: 'whole name' | 'first name',
): Facts => ({
  When: rangeText(booking.start, booking.end),
  Vessel: vesselName(booking, fleet),
  Guest: guest === 'whole name' ? booking.guest.name : firstNameOf(booking.guest),
  'Party size': String(booking.partySize),
  'Who sails': sailing ? sailing.map(who => whoText(who, fleet)).join(', ') || 'nobody yet' : 'not known yet',
});

export const vesselName = (booking: Booking, fleet: Fleet): string =>
  fleet.vessel(booking.vessel)?.name ?? booking.vessel;

export const personName = (person: string, fleet: Fleet): string => fleet.person(person)?.name ?? person;

/** What the two differ in, as rows `label, before, now`. */
export function changes(before: Facts, now: Facts): readonly (readonly [string, string, string])[] {
  const labels = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  return labels
    .filter(label => before[label] !== now[label])
    .map(label => [label, before[label] ?? 'nothing', now[label] ?? 'nothing']);
}

/** The colour of the brand a booking belongs to; letters without one are ink. */
export const accentOf = (booking: Booking, fleet: Fleet): string =>
  fleet.brand(booking.brand)?.theme.accent ?? '#0c2431';

const whoText = ({ person, role }: Sailing, fleet: Fleet) =>
  role === 'captain' ? `${personName(person, fleet)} (captain)` : personName(person, fleet);
