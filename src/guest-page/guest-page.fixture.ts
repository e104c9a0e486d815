import type { Booking } from '#booking/booking.ts';
import { type Brand, type Fleet, fleet, type Vessel } from '#booking/fleet.ts';
import { resolveWall, type ZonedTime } from '#lib/zoned.ts';

const zone = 'America/Los_Angeles';

/** A wall time that exists once. For tests. */
export function at(local: string, inZone = zone): ZonedTime {
  const resolved = resolveWall(local, inZone);
  if (resolved.kind !== 'exact') throw new Error(`${local} is ${resolved.kind} in ${inZone}`);
  return resolved.time;
}

export const testBrand = (given: Partial<Brand> = {}): Brand => ({
  id: 'queenofsandiego',
  name: 'Queen of San Diego',
  host: 'queenofsandiego.example',
  layout: { kind: 'beside' },
  bucket: 'queenofsandiego',
  theme: { accent: '#0b5f7a', ink: '#12212f' },
  sender: { name: 'Queen of San Diego', address: 'hello@queenofsandiego.example' },
  contact: { phone: '+1 619 555 0100', email: 'hello@queenofsandiego.example' },
  locale: 'en-US',
  ...given,
});

export const testVessel = (given: Partial<Vessel> = {}): Vessel => ({
  id: 'jada',
  name: 'JADA',
  brand: 'queenofsandiego',
  zone,
  berth: {
    name: 'Harbor Island, dock C, slip 12',
    address: '1880 Harbor Island Drive, San Diego, CA 92101',
    latitude: 32.7254,
    longitude: -117.1993,
    directions: 'Walk down the ramp by the flagpole and turn left.',
  },
  charterMode: 'time',
  capacity: 6,
  callMinutes: 60,
  crew: [],
  bring: ['Soft-soled shoes', 'A windbreaker'],
  ...given,
});

/** Two brands with a vessel each. */
export const testFleet = (given: Partial<Pick<Fleet, 'brands' | 'vessels'>> = {}): Fleet =>
  fleet({
    house: {
      name: 'Sail JADA',
      host: 'sailjada.example',
      sender: { name: 'Sail JADA', address: 'crew@sailjada.example' },
      zone,
    },
    brands: [
      testBrand(),
      testBrand({
        id: 'harborlight',
        name: 'Harbor Light',
        host: 'harborlight.example',
        layout: { kind: 'folder' },
      }),
    ],
    vessels: [testVessel(), testVessel({ id: 'lumen', name: 'Lumen', brand: 'harborlight' })],
    people: [],
    ...given,
  });

export const testBooking = (given: Partial<Booking> = {}): Booking => ({
  id: 'bkg_0123456789abcdef',
  revision: 1,
  brand: 'queenofsandiego',
  vessel: 'jada',
  status: 'confirmed',
  start: at('2027-05-30T16:30'),
  end: at('2027-05-30T19:30'),
  guest: { name: 'Carole Whitfield', email: 'carole@guests.example', phone: null },
  partySize: 4,
  charterMode: 'time',
  names: [{ source: 'boatsetter', externalId: 'xhqgmdh' }],
  origins: {},
  recordedAt: '2027-05-01T16:12:00.000Z',
  ...given,
});
