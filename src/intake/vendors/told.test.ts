import { describe, expect, it } from 'vitest';
import { testFleet } from '#booking/booking.fixture.ts';
import type { Delivery } from '#intake/inbox.ts';
import type { SourceSettings } from '#intake/source.ts';
import { source } from '#intake/sources.ts';
import { currencyOf, fromCents, oneTrip, readTold, statusUnknown, type TripTold } from './told.ts';

const start = '2027-05-30T16:30';

/** What is read of a trip with these changes, by settings with those. */
function read(more: Partial<TripTold> = {}, settings: Partial<SourceSettings> = {}) {
  const known = source({ id: 'market', kind: 'json', times: 'local', listings: { boat: 'heron' } });
  const room = { settings: { ...known.settings, ...settings }, fleet: testFleet };
  const trip = {
    listing: ['boat'],
    start,
    end: undefined,
    guest: { name: 'Carole' },
    passengers: 4,
    ...more,
  };
  const delivery = { id: 'dlv_1', source: 'market', messageId: 'm', conflictsWith: null };
  const told = { event: 'changed', id: 'x', trip } as const;
  const came = readTold(
    told,
    { marketplace: 'Them', timed: false },
    { ...delivery, receivedAt: '2027-04-12T18:00:00Z' } as unknown as Delivery,
    room,
  );
  if ('message' in came) {
    const { fields } = came.message;
    return { ...fields, end: fields.end?.local };
  }
  if (!('problems' in came)) throw new Error('nothing was read');
  return came.problems.map(({ field, code }) => `${field} ${code}`);
}

describe('the end of a trip', () => {
  it.each<[string, Partial<TripTold>, Record<string, number>, string]>([
    ['is what the marketplace says', { end: '2027-05-30T18:30' }, { boat: 3 }, '2027-05-30T18:30'],
    ['is as long after its start as it says', { end: { minutes: 90 } }, { boat: 3 }, '2027-05-30T18:00'],
    ['in a text', { end: { minutes: '90' } }, {}, '2027-05-30T18:00'],
    ['or in parts of a minute', { end: { minutes: 89.6 } }, {}, '2027-05-30T18:00'],
    ['is what the operator says of the listing', {}, { boat: 3 }, '2027-05-30T19:30'],
    ['where the marketplace has nothing', { end: null }, { boat: 3 }, '2027-05-30T19:30'],
    ['or repeats the start', { end: start }, { boat: 3 }, '2027-05-30T19:30'],
    ['also by a further word for it', { listing: ['boat', 'tour'] }, { tour: 3 }, '2027-05-30T19:30'],
    ['also of hours that are not whole', {}, { boat: 1.5 }, '2027-05-30T18:00'],
    ['is at most ten days later', { end: { minutes: 14_400 } }, {}, '2027-06-09T16:30'],
  ])('%s', (_, trip, hours, end) => {
    expect(read(trip, { hours })).toMatchObject({ end });
  });

  it.each<[string, Partial<TripTold>]>([
    ['nobody says it', {}],
    ['it would be the start', { end: { minutes: 0 } }],
    ['it would be before', { end: { minutes: -1 } }],
    ['it would be after more than ten days', { end: { minutes: 14_401 } }],
    ['the length is none', { end: { minutes: 'long' } }],
  ])('is missing where %s', (_, trip) => {
    expect(read(trip)).toEqual(['end field-missing']);
  });

  it('is not what the operator says of something that only has its name by nature', () => {
    expect(read({ listing: ['boat', 'toString', null] })).toEqual(['end field-missing']);
  });

  it('is told with the start where that cannot be read', () => {
    expect(read({ start: 'soon', end: { minutes: 90 } })).toEqual([
      'start time-unreadable',
      'end time-unreadable',
    ]);
  });

  it('is an instant where the marketplace speaks in instants', () => {
    const at = '2027-05-30T16:30:00-07:00';
    expect(read({ start: at, end: { minutes: 90 } }, { times: 'instant' })).toMatchObject({
      end: '2027-05-30T18:00',
    });
  });
});

describe('how many come', () => {
  const hours = { boat: 3 };
  it.each<[string, Partial<TripTold>, Partial<SourceSettings['party']>, number]>([
    ['is what the marketplace counts', { quantity: 1 }, {}, 4],
    ['as a text too', { passengers: ' 3 ' }, {}, 3],
    ['of up to four digits', { passengers: '0012' }, {}, 12],
    [
      'is what was sold where that is a passenger each',
      { passengers: null, quantity: 2 },
      { isQuantity: true },
      2,
    ],
    ['is what the operator says of the listing', {}, { byListing: { boat: 6 } }, 6],
    [
      'is above all what the guest answered',
      {
        answers: [
          ['Why?', 'x'],
          ['How many?', '5'],
        ],
      },
      { byListing: { boat: 6 }, question: 'How many?' },
      5,
    ],
  ])('%s', (_, trip, party, partySize) => {
    expect(
      read(trip, { hours, party: { question: null, byListing: {}, isQuantity: false, ...party } }),
    ).toMatchObject({
      partySize,
    });
  });

  it.each<[string, Partial<TripTold>]>([
    ['words before it', { passengers: 'about 4' }],
    ['words behind it', { passengers: '4 or so' }],
    ['more digits than anybody has passengers', { passengers: '00004' }],
  ])('is refused with %s', (_, trip) => {
    expect(read(trip, { hours })).toEqual(['partySize field-malformed']);
  });

  it('is no answer to a question that nobody declared', () => {
    expect(read({ answers: [[null, '5']] }, { hours })).toMatchObject({ partySize: 4 });
  });
});

describe('what was booked', () => {
  it.each<[string, readonly unknown[], string]>([
    ['is missing where no word for it is said', [null, '', undefined], 'vessel field-missing'],
    ['is unknown where none of the words is known', [null, 'kayak', 'canoe'], 'vessel vessel-unknown'],
  ])('%s', (_, listing, problem) => {
    expect(read({ listing })).toEqual([problem]);
  });
});

describe('the one trip of an order', () => {
  const room = {
    settings: source({ id: 'm', kind: 'json', listings: { boat: 'heron' } }).settings,
    fleet: testFleet,
  };
  const one = (...items: unknown[]) => {
    const found = oneTrip(items, item => [item], room);
    return 'item' in found ? found.item : found.problems.map(({ field, code }) => `${field} ${code}`);
  };
  it.each([
    ['is its only item, known or not', ['kayak'], 'kayak'],
    ['is the only vessel in it', ['drinks', 'boat', null], 'boat'],
    ['is none of two', ['boat', 'boat'], ['vessel trips-several']],
    ['is none where nothing is a vessel', ['drinks', 'food'], ['vessel vessel-unknown']],
    ['is none of nothing', [], ['vessel vessel-unknown']],
  ])('%s', (_, items, expected) => {
    expect(one(...items)).toEqual(expected);
  });
});

describe('an amount in hundredths', () => {
  it.each([
    [84_075, 2, '840.75'],
    ['84075', 2, '840.75'],
    [5, 2, '0.05'],
    [0, 2, '0.00'],
    [840, 0, '840'],
    [5, 3, '0.005'],
    ['9'.repeat(15), 2, `${'9'.repeat(13)}.99`],
    ['9'.repeat(16), 2, '9'.repeat(16)],
    [-5, 2, -5],
    [8.5, 2, 8.5],
    ['$5', 2, '$5'],
    ['5 USD', 2, '5 USD'],
    [null, 2, null],
    [['5'], 2, ['5']],
  ])('%j of %i digits is %j', (value, digits, decimal) => {
    expect(fromCents(value, digits)).toEqual(decimal);
  });

  it('has two digits unless said, and a currency in capital letters', () => {
    expect(fromCents(84_075)).toBe('840.75');
    expect([currencyOf('usd'), currencyOf(7)]).toEqual(['USD', 7]);
  });
});

it('a state that nobody described is named as the problem of the status', () => {
  expect(statusUnknown('LOST', 'Them').problems).toMatchObject([
    { field: 'status', code: 'status-unknown', reason: expect.stringContaining('LOST') },
  ]);
  expect(statusUnknown(null, 'Them').problems[0].reason).not.toContain('null');
});
