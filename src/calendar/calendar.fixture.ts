import { testFleet as boats, wall } from '#booking/booking.fixture.ts';
import type { Booking } from '#booking/booking.ts';
import { fleet } from '#booking/fleet.ts';

const person = (id: string, firstName: string, name: string) => ({
  id,
  firstName,
  name,
  email: `${id}@crew.example`,
  phone: null,
  roles: ['crew' as const],
});

/** The boats of the booking room with some invented people to sail them. */
export const testFleet = fleet({
  ...boats,
  people: [person('ana', 'Ana', 'Ana Reyes'), person('luis', 'Luis', 'Luis Ortega')],
});

export const testBooking = (changes: Partial<Booking> = {}): Booking => ({
  id: 'bkg_0000000000000001',
  revision: 1,
  brand: 'blue',
  vessel: 'heron',
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

/** The same charter an hour earlier. */
export const movedBooking = testBooking({
  revision: 2,
  start: wall('2027-05-30T15:30'),
  end: wall('2027-05-30T18:30'),
});
