import { resolveWall, type ZonedTime } from '#lib/zoned.ts';
import { fleet, type Vessel } from './fleet.ts';
import type { Fields, Message } from './message.ts';

/** Invented vessels and people for the tests of this and other rooms. */
const vessel = (id: string, rest: Partial<Vessel> = {}): Vessel => ({
  id,
  name: id[0]?.toUpperCase() + id.slice(1),
  brand: 'blue',
  zone: 'America/Los_Angeles',
  berth: {
    name: 'Dock C, slip 12',
    address: '1 Harbor Drive',
    latitude: 32.7,
    longitude: -117.2,
    directions: 'Past the kiosk.',
  },
  charterMode: 'time',
  capacity: 6,
  callMinutes: 60,
  crew: [],
  bring: [],
  ...rest,
});

export const testFleet = fleet({
  house: {
    name: 'Blue Charters',
    host: 'crew.example',
    sender: { name: 'Blue', address: 'desk@crew.example' },
    zone: 'America/Los_Angeles',
  },
  brands: [],
  people: [],
  vessels: [
    vessel('heron'),
    vessel('osprey', { charterMode: 'bareboat', capacity: 20 }),
    vessel('pelican', { charterMode: 'inspected', capacity: 49, brand: 'grand' }),
    vessel('tern', { capacity: 4, zone: 'America/New_York' }),
  ],
});

/** Long before the trips of the tests. */
export const testNow = '2027-04-01T12:00:00.000Z';

export function wall(local: string, zone = 'America/Los_Angeles'): ZonedTime {
  const resolved = resolveWall(local, zone);
  if (resolved.kind !== 'exact') throw new Error(`${local} is ${resolved.kind}`);
  return resolved.time;
}

export const wholeTrip: Required<Fields> = {
  vessel: 'heron',
  status: 'confirmed',
  start: wall('2027-05-30T16:30'),
  end: wall('2027-05-30T19:30'),
  guestName: 'Carole Whitfield',
  guestEmail: 'carole@example.org',
  guestPhone: '+1 619 555 0142',
  partySize: 4,
};

/** The nth minute of an afternoon in April: when something happened at the marketplace. */
export const minute = (n: number) => new Date(Date.parse('2027-04-01T10:00:00Z') + n * 60_000).toISOString();

/** A message of a marketplace; ids derive from what it is about unless given. */
export function message(about: Partial<Message> & { at: string }): Message {
  const kind = about.kind ?? 'created';
  const externalId = about.externalId ?? 'xhqgmdh';
  return {
    source: 'market',
    externalId,
    messageId: `${externalId}-${kind}-${about.at}`,
    kind,
    fields: kind === 'cancelled' ? {} : wholeTrip,
    ...about,
  };
}
