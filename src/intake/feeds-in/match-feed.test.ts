import { describe, expect, it } from 'vitest';
import { wall } from '#booking/booking.fixture.ts';
import type { Booking } from '#booking/booking.ts';
import type { FeedEvent } from './feed-in.ts';
import { massVanished, matchFeed, unseenBy } from './match-feed.ts';

const feed = { source: 'market', vessel: 'heron', roundsToDays: false };

const booking = (more: Record<string, unknown> = {}) =>
  ({
    id: 'bkg_1',
    vessel: 'heron',
    status: 'confirmed',
    start: wall('2027-05-30T16:30'),
    end: wall('2027-05-30T19:30'),
    names: [{ source: 'office', externalId: 'x' }],
    ...more,
  }) as unknown as Booking;

/** From 16:30 to 19:30 at the berth, moved by so many minutes at either end. */
const event = (early = 0, late = 0, more: Partial<FeedEvent> = {}): FeedEvent => ({
  uid: 'u',
  kind: 'reserved',
  from: new Date(Date.parse('2027-05-30T23:30:00Z') - early * 60_000).toISOString(),
  until: new Date(Date.parse('2027-05-31T02:30:00Z') + late * 60_000).toISOString(),
  days: null,
  ...more,
});

const day = (from: string, until: string) =>
  event(0, 0, { from: `${from}T07:00:00.000Z`, until: `${until}T07:00:00.000Z`, days: { from, until } });

const meaning = (of: FeedEvent, bookings: Booking[], by: Partial<typeof feed> = {}) =>
  matchFeed({ ...feed, ...by }, [of], bookings).map(({ bears, against }) => [
    bears.map(({ id }) => id),
    against.map(({ id }) => id),
  ])[0];

const [bornOut, contradicted, apart] = [
  [['bkg_1'], []],
  [[], ['bkg_1']],
  [[], []],
];

describe('an entry of a marketplace’s calendar', () => {
  it.each([
    ['of the same times', 0, 0, bornOut],
    ['with a quarter of an hour of turnaround', 15, 15, bornOut],
    ['a quarter of an hour shorter', -15, -15, bornOut],
    ['that begins more than that before', 16, 0, contradicted],
    ['that ends more than that after', 0, 16, contradicted],
    ['that begins when the trip is over', -180, 60, apart],
  ])('%s: what it bears out and what lies against it', (_, early, late, expected) => {
    expect(meaning(event(early, late), [booking()])).toEqual(expected);
  });

  it('says nothing of other vessels and of what is cancelled', () => {
    expect(meaning(event(), [booking({ vessel: 'tern' }), booking({ status: 'cancelled' })])).toEqual(apart);
  });

  it('bears one booking out without lying against another in its time', () => {
    const other = booking({ id: 'bkg_2', start: wall('2027-05-30T18:00') });
    expect(meaning(event(), [booking(), other])).toEqual(bornOut);
  });

  it.each([
    ['of a marketplace that rounds to days', '2027-05-30', '2027-05-31', { roundsToDays: true }, bornOut],
    ['of another, for a booking of somebody else', '2027-05-30', '2027-05-31', {}, contradicted],
    ['of another, for a booking of its own', '2027-05-30', '2027-05-31', { source: 'office' }, bornOut],
    ['that ends on the day of the trip', '2027-05-29', '2027-05-30', { roundsToDays: true }, apart],
    ['that begins a day later', '2027-05-31', '2027-06-01', { roundsToDays: true }, apart],
  ])('of whole days %s', (_, from, until, by, expected) => {
    expect(meaning(day(from, until), [booking()], by)).toEqual(expected);
  });

  it('of whole days bears out what one of its names is of that marketplace', () => {
    const both = booking({ names: [...booking().names, { source: 'market', externalId: 'm' }] });
    expect(meaning(day('2027-05-30', '2027-05-31'), [both])).toEqual(bornOut);
  });

  it('of whole days lies against the trip of the evening before that goes on into them', () => {
    const overnight = booking({ start: wall('2027-05-29T22:00'), end: wall('2027-05-30T02:00') });
    const rounds = { roundsToDays: true };
    expect(meaning(day('2027-05-30', '2027-05-31'), [overnight], rounds)).toEqual(contradicted);
  });
});

it('what a calendar does not show of its own marketplace is told, and of nobody else', () => {
  const own = { names: [{ source: 'market', externalId: 'm' }] };
  const all = [
    booking({ ...own, id: 'bkg_seen' }),
    booking({ ...own, id: 'bkg_gone', start: wall('2027-06-01T16:30'), end: wall('2027-06-01T19:30') }),
    booking({ ...own, id: 'bkg_off', status: 'cancelled' }),
    booking({ ...own, id: 'bkg_tern', vessel: 'tern' }),
    booking({ id: 'bkg_office', start: wall('2027-06-02T16:30'), end: wall('2027-06-02T19:30') }),
  ];
  expect(unseenBy(feed, matchFeed(feed, [event()], all), all).map(({ id }) => id)).toEqual(['bkg_gone']);
});

describe('so much is gone that a calendar is not believed', () => {
  const now = '2027-05-01T00:00:00.000Z';
  const at = (n: number, month = '06') =>
    event(0, 0, {
      from: `2027-${month}-${10 + n}T10:00:00.000Z`,
      until: `2027-${month}-${10 + n}T12:00:00.000Z`,
    });
  const days = (...ns: number[]) => ns.map(n => at(n));

  it.each([
    ['the only one', days(0), [], { gone: 1, of: 1 }],
    ['all, but for what is over', [...days(0, 1), at(0, '04')], [at(0, '04')], { gone: 2, of: 2 }],
    ['three of five', days(0, 1, 2, 3, 4), days(3, 4), { gone: 3, of: 5 }],
    ['three of six', days(0, 1, 2, 3, 4, 5), days(3, 4, 5), null],
    ['two of three', days(0, 1, 2), days(2), null],
    ['none, under new names', [at(0)], [{ ...at(0), uid: 'another' }], null],
    ['what is over', [at(0, '04'), at(1)], days(1), null],
    ['nothing of nothing', [], [], null],
    ['what is over at this very moment', [{ ...at(0), until: now }], [], null],
    [
      'all, but for what is over at this very moment',
      days(0),
      [{ ...at(0), until: now }],
      { gone: 1, of: 1 },
    ],
    ['all, with others in their place', days(0, 1), days(5, 6), null],
  ])('%s', (_, before, after, gone) => {
    expect(massVanished(before, after, now)).toEqual(gone);
  });
});
