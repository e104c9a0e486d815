import { expect, it } from 'vitest';
import { mappingShape } from '#intake/mapping.ts';
import { money, readingOf, reads, trip } from './reading.contract.ts';

const mapping = {
  id: 'id',
  state: {
    at: 'what',
    words: { made: 'confirmed', asked: 'tentative', off: 'cancelled', seen: 'nothing' },
  },
  occurredAt: 'at',
  version: 'n',
  replaces: 'was',
  vessel: 'trips[0].boat',
  start: { date: 'day', time: 'clock' },
  end: { minutes: 'length' },
  guest: { name: ['guest.first', 'guest.last'], email: 'guest.mail', phone: 'guest.phone' },
  partySize: 'tickets[].count',
  money: { gross: 'price.cents', currency: 'price.in', isCents: true },
  note: 'words',
};
const mapped = (more: object = {}) =>
  readingOf({ kind: 'json', times: 'local', mapping: mappingShape.parse({ ...mapping, ...more }) });

const message = {
  what: 'made',
  id: 'J1',
  at: '2027-04-12T17:00:00Z',
  n: 3,
  was: 'J0',
  trips: [{ boat: 'boat' }],
  day: '2027-05-30',
  clock: '16:30',
  till: '18:30',
  length: 180,
  guest: { first: 'Carole', last: 'Whitfield', mail: 'carole@example.org', phone: '+1 619 555 0142' },
  tickets: [{ count: 3 }, { count: '1' }],
  price: { cents: 84_075, in: 'USD' },
  words: 'with a dog',
};
const read = {
  ...trip,
  externalId: 'J1',
  kind: 'changed',
  at: '2027-04-12T17:00:00.000Z',
  version: 3,
  replaces: 'J0',
  ...money,
  note: 'with a dog',
};

reads('JSON by a mapping', sent => mapped().webhook(sent), message, read, [
  ['a booking that waits', { what: 'asked' }, { status: 'tentative' }],
  ['no news', { what: 'seen' }, { nothing: true }],
  ['a word that nobody mapped', { what: 'lost' }, { problems: ['status status-unknown'] }],
  ['a word that everything has by nature', { what: 'toString' }, { problems: ['status status-unknown'] }],
  ['no word', { what: undefined }, { problems: ['status status-unknown'] }],
  ['a guest of one name', { 'guest.last': '' }, { guestName: 'Carole' }],
  ['no note', { words: undefined }, { note: null }],
  ['no currency', { 'price.in': undefined }, { currency: null }],
  ['no length', { length: undefined }, { problems: ['end field-missing'] }],
  ['no day', { day: undefined }, { problems: ['start field-missing', 'end field-missing'] }],
  ['no clock', { clock: undefined }, { problems: ['start field-missing', 'end field-missing'] }],
  ['no list to add up', { tickets: undefined }, { problems: ['partySize field-missing'] }],
  ['an empty list', { tickets: [] }, { problems: ['partySize field-malformed'] }],
  [
    'a list with something else in it',
    { 'tickets.1.count': 'two' },
    { problems: ['partySize field-malformed'] },
  ],
  ['no time of the event', { at: undefined }, { problems: ['occurred_at field-missing'] }],
]);

it('a cancellation needs no more than the name', () => {
  expect(mapped().webhook({ what: 'off', id: 'J1' })).toMatchObject({ externalId: 'J1', kind: 'cancelled' });
});

it.each<[string, object, object]>([
  ['an end of its own place', { end: { date: 'day', time: 'till' } }, { end: '2027-05-30T18:30' }],
  ['a start at one place', { start: 'at', end: { minutes: 'length' } }, { start: '2027-04-12T17:00' }],
  ['no end', { end: undefined }, { problems: ['end field-missing'] }],
  ['a name at one place', { guest: { name: 'guest.last' } }, { guestName: 'Whitfield' }],
  ['a count at one place', { partySize: 'n' }, { partySize: 3 }],
  ['no count', { partySize: undefined }, { problems: ['partySize field-missing'] }],
  ['an amount as it is written', { money: { gross: 'price.cents' } }, { gross: '84075' }],
  [
    'no time of the event, which is then when it came in',
    { occurredAt: undefined },
    { at: '2027-04-12T18:00:00.000Z' },
  ],
  [
    'a whole list where a number was meant',
    { version: 'tickets[]' },
    { problems: ['booking.version field-malformed'] },
  ],
])('by a mapping with %s', (_, more, expected) => {
  expect(mapped(more).webhook(message)).toMatchObject(expected);
});

it('where the mapping says nothing of money, nothing is said of it', () => {
  expect(mapped({ money: undefined, note: undefined }).webhook(message)).not.toHaveProperty('gross');
});

it('a message without the length that the mapping names is as long as the operator says of the listing', () => {
  const { length: _, ...sent } = message;
  const known = readingOf({
    kind: 'json',
    times: 'local',
    mapping: mappingShape.parse(mapping),
    hours: { boat: 3 },
  });
  expect(known.webhook(sent)).toMatchObject({ end: '2027-05-30T19:30' });
});
