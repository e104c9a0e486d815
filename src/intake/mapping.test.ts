import { expect, it } from 'vitest';
import { mappingShape, signatureShape } from './mapping.ts';

const least = {
  id: 'booking.id',
  state: { at: 'type', words: { made: 'confirmed', off: 'cancelled', maybe: 'tentative', seen: 'nothing' } },
  vessel: 'booking.boat',
  start: 'booking.start',
  guest: { name: 'booking.guest' },
};
const takes = (more: object) => mappingShape.safeParse({ ...least, ...more }).success;

it.each([
  'id',
  'booking.guests[0].name',
  'tickets[].count',
  'rows[0][12].x',
  '@attributes.id',
  'Order Number.$t',
  'a:b-c',
  'x'.repeat(60),
])('takes the path %s', id => {
  expect(takes({ id })).toBe(true);
});

it.each([
  '',
  'a.',
  '.a',
  'a..b',
  'a[x]',
  'a[1',
  'a[1234]',
  '[0]',
  'a/b',
  'a[0]b',
  'x'.repeat(61),
  `a.${'x'.repeat(61)}`,
  `${'a.'.repeat(150)}a`,
])('refuses the path %j, and says what one looks like', id => {
  const { error } = mappingShape.safeParse({ ...least, id });
  expect(error?.issues[0]?.path).toEqual(['id']);
});

it('says what a path looks like where one is none', () => {
  expect(mappingShape.safeParse({ ...least, id: 'a..b' }).error?.issues[0]?.message).toBe(
    'a path into the message such as booking.guests[0].name',
  );
});

it('takes what a mapping may say besides, each at its place', () => {
  const more = {
    occurredAt: 'at',
    version: 'n',
    replaces: 'old',
    start: { date: 'day', time: 'clock' },
    end: { minutes: 'length' },
    guest: { name: ['first', 'last'], email: 'mail', phone: 'phone' },
    partySize: 'tickets[].count',
    money: { gross: 'price' },
    note: 'text',
  };
  expect(mappingShape.parse({ ...least, ...more })).toEqual({
    ...least,
    ...more,
    money: { gross: 'price', isCents: false },
  });
  expect(takes({ end: 'until' })).toBe(true);
  expect(takes({ end: { date: 'day', time: 'clock' } })).toBe(true);
});

it.each([
  ['a word that means something else', { state: { at: 'type', words: { made: 'sold' } } }],
  ['an empty word', { state: { at: 'type', words: { '': 'confirmed' } } }],
  ['a day without a clock', { start: { date: 'day' } }],
  ['a name from nowhere', { guest: { name: [] } }],
  ['a name from five places', { guest: { name: ['a', 'b', 'c', 'd', 'e'] } }],
  ['money of no amount', { money: { currency: 'c' } }],
  ['what no mapping knows', { colour: 'c' }],
  ['a guest with more than name, address and number', { guest: { name: 'n', age: 'a' } }],
])('refuses %s', (_, more) => {
  expect(takes(more)).toBe(false);
});

it('takes a signature in a header, in hex and with nothing before it unless said otherwise', () => {
  expect(signatureShape.parse({ header: 'X-Signature' })).toEqual({
    header: 'X-Signature',
    encoding: 'hex',
    prefix: '',
  });
  for (const wrong of [{ header: '' }, { header: 'X Signature' }, { header: 'x'.repeat(61) }])
    expect(signatureShape.safeParse(wrong).success).toBe(false);
  const header = 'X-Signature';
  expect(signatureShape.safeParse({ header, encoding: 'base32' }).success).toBe(false);
  expect(signatureShape.safeParse({ header, prefix: 'x'.repeat(21) }).success).toBe(false);
  expect(signatureShape.safeParse({ header, encoding: 'base64', prefix: 'sha256=' }).success).toBe(true);
});
