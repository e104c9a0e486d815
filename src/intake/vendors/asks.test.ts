import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import type { SourceKind } from '#intake/source-kinds.ts';
import { adapters } from '#intake/sources.ts';

const access = { key: 'k', secret: 's', account: 'harbor', base: 'https://api.example' };
const now = Date.parse('2027-04-12T18:00:59.999Z');

const asked = (kind: SourceKind, notice: unknown) => {
  const { api } = adapters[kind];
  if (!api) throw new Error(`${kind} is asked for nothing`);
  const wanted = api.ask(notice, access, now);
  return wanted === 'nothing' || 'length' in wanted ? wanted : wanted.field;
};

const square = (booking: object) => ({ data: { object: { booking } } });

it.each<[SourceKind, unknown, readonly object[]]>([
  ['rezdy', { orderNumber: 'R1' }, [{ path: '/v1/bookings/R1?apiKey=k', headers: {} }]],
  [
    'checkfront',
    { booking: { code: 'C1' } },
    [{ path: '/api/3.0/booking/C1', headers: { authorization: `Basic ${btoa('k:s')}` } }],
  ],
  [
    'fareharbor',
    { booking: { uuid: 'F1' } },
    [
      {
        path: '/companies/harbor/bookings/F1/',
        headers: { 'x-fareharbor-api-app': 'k', 'x-fareharbor-api-user': 's' },
      },
    ],
  ],
  [
    'octo',
    { booking: { uuid: 'O1' } },
    [
      {
        path: '/bookings/O1',
        headers: { authorization: 'Bearer k', 'octo-capabilities': 'octo/pricing' },
      },
    ],
  ],
  [
    'xola',
    { eventName: 'order.create', data: { id: 'X1' } },
    [{ path: '/api/orders/X1', headers: { 'x-api-key': 'k' } }],
  ],
  [
    'xola',
    { eventName: 'purchase.create', data: { id: 'X1' } },
    [{ path: '/api/purchases/X1', headers: { 'x-api-key': 'k' } }],
  ],
  [
    'square',
    square({ id: 'S1', customer_id: 'c', status: 'ACCEPTED' }),
    ['/v2/bookings/S1', '/v2/customers/c'].map(path => ({ path, headers: { authorization: 'Bearer k' } })),
  ],
])('%s is asked, because of %j, for what that is about', (kind, notice, requests) => {
  expect(asked(kind, notice)).toEqual(requests);
});

it.each([
  ['a number', 4711],
  ['the name of their graph for it', btoa('Booking:4711')],
])('Bókun is asked by %s, signed over the time, the key and the path', (_, bookingId) => {
  const path = '/booking.json/booking/4711';
  const date = '2027-04-12 18:00:59';
  const signature = createHmac('sha1', 's').update(`${date}kGET${path}`).digest('base64');
  expect(asked('bokun', { bookingId })).toEqual([
    { path, headers: { 'x-bokun-date': date, 'x-bokun-accesskey': 'k', 'x-bokun-signature': signature } },
  ]);
});

it.each<[SourceKind, unknown]>([
  ['rezdy', { productCode: 'P1' }],
  ['checkfront', { payment: {} }],
  ['fareharbor', { item: {} }],
  ['octo', { product: {} }],
  ['xola', { eventName: 'experience.update', data: { id: 'X1' } }],
  ['xola', { data: { id: 'X1' } }],
  ['bokun', { experienceId: 7 }],
  ['square', {}],
  ['square', square({ id: 'S1', customer_id: 'c', status: 'DECLINED' })],
])('%s is asked for nothing because of %j', (kind, notice) => {
  expect(asked(kind, notice)).toBe('nothing');
});

it.each<[SourceKind, unknown, string]>([
  ['rezdy', { orderNumber: '../x' }, 'orderNumber'],
  ['checkfront', { booking: { code: 'a/b' } }, 'booking.code'],
  ['fareharbor', { booking: {} }, 'booking.uuid'],
  ['octo', { booking: {} }, 'booking.uuid'],
  ['xola', { eventName: 'order.create', data: {} }, 'data.id'],
  ['bokun', { bookingId: 'x' }, 'bookingId'],
  ['bokun', { bookingId: '' }, 'bookingId'],
  ['bokun', { bookingId: 'x4711' }, 'bookingId'],
  ['bokun', { bookingId: '4711x' }, 'bookingId'],
  ['bokun', { bookingId: btoa('xBooking:4711') }, 'bookingId'],
  ['bokun', { bookingId: btoa('Booking:4711x') }, 'bookingId'],
  ['square', square({ customer_id: 'c' }), 'data.object.booking.id'],
  ['square', square({ id: 'S1', status: 'ACCEPTED' }), 'data.object.booking.customer_id'],
])('%s cannot be asked because of %j: %s is no id', (kind, notice, field) => {
  expect(asked(kind, notice)).toBe(field);
});
