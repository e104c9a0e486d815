import type { Booking } from '#booking/booking.ts';
import { type Fleet, fleet } from '#booking/fleet.ts';
import { resolveWall, type ZonedTime } from '#lib/zoned.ts';
import { rulesFrom } from './fee-rules.ts';
import type { FinanceNote } from './finance-note.ts';
import type { Sailing } from './settle.ts';

/** Invented people and a price whose figures are known to the cent; for the tests of this room. */
export const testFleet: Fleet = fleet({
  house: {
    name: 'Sail JADA',
    host: 'sailjada.example',
    sender: { name: 'Sail JADA', address: 'crew@sailjada.example' },
    zone: 'America/Los_Angeles',
  },
  brands: [],
  vessels: [
    {
      id: 'jada',
      name: 'JADA',
      brand: 'queen',
      zone: 'America/Los_Angeles',
      berth: {
        name: 'Harbor Island, dock C, slip 12',
        address: '1880 Harbor Island Drive, San Diego',
        latitude: 32.7254,
        longitude: -117.1993,
        directions: 'Left at the end of the ramp.',
      },
      charterMode: 'time',
      capacity: 6,
      callMinutes: 60,
      crew: [],
      bring: [],
    },
  ],
  people: [
    person('joan', 'Joan', 'Joan Whitaker', ['owner']),
    person('ana', 'Ana', 'Ana Reyes', ['captain']),
    person('luis', 'Luis', 'Luis Ortega', ['crew']),
    person('kim', 'Kim', 'Kim Tran', ['crew']),
  ],
});

function person(id: string, firstName: string, name: string, roles: ('captain' | 'crew' | 'owner')[]) {
  return { id, firstName, name, email: `${id}@crew.example`, phone: null, roles };
}

export const testRules = rulesFrom({
  currency: 'USD',
  fees: [
    { from: '2026-01-01', source: 'boatsetter', label: 'Port and dock fee', percent: '18', paidBy: 'owner' },
  ],
  pay: [
    { from: '2026-01-01', person: 'ana', perTrip: '150.00', paidBy: 'owner' },
    { from: '2026-01-01', role: 'crew', perTrip: '125.00', paidBy: 'owner' },
  ],
});

export const allThree: readonly Sailing[] = [
  { person: 'ana', role: 'captain' },
  { person: 'luis', role: 'crew' },
  { person: 'kim', role: 'crew' },
];

export function wall(local: string, zone = 'America/Los_Angeles'): ZonedTime {
  const resolved = resolveWall(local, zone);
  if (resolved.kind !== 'exact') throw new Error(`not exact: ${local}`);
  return resolved.time;
}

export const testBooking = (changes: Partial<Booking> = {}): Booking => ({
  id: 'bkg_0000000000000001',
  revision: 1,
  brand: 'queen',
  vessel: 'jada',
  status: 'confirmed',
  start: wall('2027-05-30T16:30'),
  end: wall('2027-05-30T19:30'),
  guest: { name: 'Maya Lindqvist', email: 'maya@guest.example', phone: null },
  partySize: 5,
  charterMode: 'time',
  names: [{ source: 'boatsetter', externalId: 'xhqgmdh' }],
  origins: {},
  recordedAt: '2027-05-01T12:00:00.000Z',
  ...changes,
});

export const testNote = (changes: Partial<FinanceNote> = {}): FinanceNote => ({
  source: 'boatsetter',
  message: 'msg_1',
  at: '2027-05-01T12:00:00.000Z',
  gross: '840.75',
  currency: 'USD',
  note: 'Paid in full, payout in 3 days.',
  ...changes,
});
