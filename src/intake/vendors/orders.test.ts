import { expect, it } from 'vitest';
import {
  at,
  endAt as end,
  many,
  money,
  off,
  only,
  readingOf,
  reads,
  receivedAt,
  startAt as start,
  trip,
} from './reading.contract.ts';

const rezdy = readingOf({ kind: 'rezdy' });
const order = {
  orderNumber: 'R1',
  status: 'CONFIRMED',
  dateUpdated: '2027-04-12T17:00:00Z',
  totalAmount: '840.75',
  totalCurrency: 'USD',
  comments: 'with a dog',
  customer: {
    name: 'Carole Whitfield',
    firstName: 'C.',
    lastName: 'W.',
    email: 'carole@example.org',
    phone: '+1 619 555 0142',
    mobile: '+1 619 555 0143',
  },
  fields: [{ label: 'How many?', value: '6' }],
  items: [
    {
      productCode: 'boat',
      externalProductCode: 'none',
      productName: 'Heron',
      startTimeLocal: '2027-05-30 16:30:00',
      endTimeLocal: '2027-05-30 19:30:00',
      totalQuantity: 4,
      quantities: [{ value: 3 }, { value: 2 }],
    },
  ],
};
const ordered = { ...trip, externalId: 'R1', kind: 'changed', at, ...money, note: 'with a dog' };
reads('Rezdy', rezdy.webhook, order, ordered, [
  ['the guest by parts of the name', { 'customer.name': undefined }, { guestName: 'C. W.' }],
  ['by one part', { 'customer.name': '', 'customer.firstName': undefined }, { guestName: 'W.' }],
  ['another telephone', { 'customer.phone': undefined }, { guestPhone: '+1 619 555 0143' }],
  ['the passengers by kinds', { 'items.0.totalQuantity': undefined }, { partySize: 5 }],
  [
    'kinds that are not all counted',
    { 'items.0.totalQuantity': undefined, 'items.0.quantities.1': { label: 'Adult' } },
    { problems: ['partySize field-missing'] },
  ],
  [
    'no kind at all',
    { 'items.0.totalQuantity': undefined, 'items.0.quantities': [] },
    { problems: ['partySize field-missing'] },
  ],
  [
    'what was booked by another code',
    { 'items.0.productCode': 'x', 'items.0.externalProductCode': 'boat' },
    {},
  ],
  ['what was booked by its name', { 'items.0.productCode': 'x', 'items.0.productName': 'boat' }, {}],
  ['a time of the change that is none', { dateUpdated: 'now' }, { at: receivedAt }],
  ['a booking that waits', { status: 'PENDING_SUPPLIER' }, { status: 'tentative' }],
  ['no booking yet', { status: 'PROCESSING' }, { nothing: true }],
  ['a state that nobody knows', { status: 'LOST' }, { problems: ['status status-unknown'] }],
  ['no state', { status: undefined }, { problems: ['status status-unknown'] }],
  ['two trips in one', { items: [order.items[0], order.items[0]] }, { problems: ['vessel trips-several'] }],
]);
only('Rezdy', rezdy.webhook, [
  [{ orderNumber: 'R1', status: 'CANCELLED' }, off('R1')],
  [{ productCode: 'boat' }, { nothing: true }],
]);
it('Rezdy: what the guest answered to the question of the operator counts', () => {
  expect(readingOf({ kind: 'rezdy', party: many }).webhook(order)).toMatchObject({ partySize: 6 });
});
it('Rezdy: the order stands in the answer of its API as well', () => {
  expect(rezdy.answer({ booking: order })).toEqual(ordered);
});

const octo = readingOf({ kind: 'octo' });
const oc = {
  booking: {
    uuid: 'O1',
    status: 'CONFIRMED',
    utcUpdatedAt: '2027-04-12T17:00:00Z',
    notes: 'with a dog',
    optionId: 'boat',
    productId: 'p1',
    product: { internalName: 'heron 3 h', title: 'Three hours' },
    availability: { localDateTimeStart: start, localDateTimeEnd: end },
    contact: {
      fullName: 'Carole Whitfield',
      firstName: 'C.',
      lastName: 'W.',
      emailAddress: 'carole@example.org',
      phoneNumber: '+1 619 555 0142',
      notes: 'early',
    },
    unitItems: [{}, {}, {}, {}],
    pricing: { retail: 84_075, currency: 'USD', currencyPrecision: 2 },
  },
};
const ocRead = { ...trip, externalId: 'O1', kind: 'changed', at, ...money, note: 'with a dog\nearly' };
reads('OCTO', octo.webhook, oc, ocRead, [
  ['one note', { 'booking.notes': undefined }, { note: 'early' }],
  ['no note', { 'booking.notes': null, 'booking.contact.notes': null }, { note: null }],
  ['the guest by parts of the name', { 'booking.contact.fullName': null }, { guestName: 'C. W.' }],
  [
    'by one part',
    { 'booking.contact.fullName': null, 'booking.contact.firstName': null },
    { guestName: 'W.' },
  ],
  ['what was booked by the product', { 'booking.optionId': 'x', 'booking.productId': 'boat' }, {}],
  ['by its name inside', { 'booking.optionId': 'x', 'booking.product.internalName': 'boat' }, {}],
  ['by its title', { 'booking.optionId': 'x', 'booking.product.title': 'boat' }, {}],
  [
    'a currency without hundredths',
    { 'booking.pricing': { retail: 841, currency: 'JPY', currencyPrecision: 0 } },
    { gross: '841', currency: 'JPY' },
  ],
  [
    'one with thousandths',
    { 'booking.pricing': { retail: 840_750, currency: 'KWD', currencyPrecision: 3 } },
    { gross: '840.750', currency: 'KWD' },
  ],
  ['one that does not say', { 'booking.pricing.currencyPrecision': 9 }, {}],
  ['no prices', { 'booking.pricing': undefined }, { gross: null, currency: null }],
  ['none at all', { 'booking.pricing': null }, { gross: null, currency: null }],
  ['nobody', { 'booking.unitItems': [] }, { problems: ['partySize field-missing'] }],
  ['a test', { 'booking.testMode': true }, { nothing: true }],
  ['a hold', { 'booking.status': 'ON_HOLD' }, { nothing: true }],
  ['a booking that waits', { 'booking.status': 'PENDING' }, { status: 'tentative' }],
  ['a time of the change that is none', { 'booking.utcUpdatedAt': undefined }, { at: receivedAt }],
  ['no state', { 'booking.status': undefined }, { problems: ['status status-unknown'] }],
]);
only('OCTO', octo.webhook, [
  [{ booking: { uuid: 'O1', status: 'EXPIRED' } }, off('O1')],
  [{ booking: null }, { nothing: true }],
  [{}, { nothing: true }],
]);
it('OCTO: the booking is the whole answer', () => {
  expect(octo.answer(oc.booking)).toEqual(ocRead);
});

const fareharbor = readingOf({ kind: 'fareharbor' });
const fh = {
  booking: {
    uuid: 'F1',
    status: 'booked',
    rebooked_from: 'F0',
    note: 'with a dog',
    receipt_total: 84_075,
    company: { currency: 'usd' },
    availability: { item: { pk: 'boat', name: 'Heron' }, start_at: start, end_at: end },
    contact: { name: 'Carole Whitfield', email: 'carole@example.org', phone: '+1 619 555 0142' },
    customers: [{}, {}, {}, {}],
    customer_count: 4,
  },
};
reads(
  'FareHarbor',
  fareharbor.webhook,
  fh,
  {
    ...trip,
    externalId: 'F1',
    replaces: 'F0',
    kind: 'changed',
    at: receivedAt,
    ...money,
    note: 'with a dog',
  },
  [
    ['a count alone', { 'booking.customers': undefined, 'booking.customer_count': 3 }, { partySize: 3 }],
    ['a list alone', { 'booking.customer_count': undefined }, {}],
    [
      'neither',
      { 'booking.customer_count': undefined, 'booking.customers': [] },
      { problems: ['partySize field-missing'] },
    ],
    [
      'a count that is none',
      { 'booking.customer_count': 'many' },
      { problems: ['partySize field-malformed'] },
    ],
    ['both at odds', { 'booking.customer_count': 5 }, { problems: ['partySize field-malformed'] }],
    ['what was booked by its name', { 'booking.availability.item': { pk: 7, name: 'boat' } }, {}],
    ['no state', { 'booking.status': undefined }, { problems: ['status status-unknown'] }],
  ],
);
only('FareHarbor', fareharbor.webhook, [
  [{ booking: { uuid: 'F1', status: 'rebooked' } }, off('F1')],
  [{ item: { pk: 7 } }, { nothing: true }],
]);
