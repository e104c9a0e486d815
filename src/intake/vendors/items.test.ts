import { expect, it } from 'vitest';
import { at, type many, money, off, only, readingOf, reads, receivedAt, trip } from './reading.contract.ts';

const checkfront = (party = { question: 'guests', byListing: {}, isQuantity: false } as typeof many) =>
  readingOf({ kind: 'checkfront', times: 'instant', party });
const cf = {
  booking: {
    code: 'C1',
    status: 'PAID',
    start_date: '1811719800',
    end_date: '1811730600',
    order: {
      total: '840.75',
      '@attributes': { currency_id: 'USD' },
      items: {
        item: { sku: 'boat', '@attributes': { item_id: '7' }, item_id: '8', name: 'Heron', qty: '6' },
      },
    },
    customer: { name: 'Carole Whitfield', email: 'carole@example.org', phone: '+1 619 555 0142' },
    meta: { note: 'with a dog', guests: '5' },
    fields: { request: 'early', guests: '4' },
  },
};
const cfRead = {
  ...trip,
  externalId: 'C1',
  kind: 'changed',
  at: receivedAt,
  ...money,
  note: 'with a dog\nearly',
};
reads('Checkfront', sent => checkfront().webhook(sent), cf, cfRead, [
  ['an answer among the other ones', { 'booking.fields': {} }, { partySize: 5, note: 'with a dog' }],
  ['one note', { 'booking.meta': {} }, { note: 'early' }],
  ['no note', { 'booking.meta': {}, 'booking.fields.request': {} }, { note: null }],
  [
    'what was booked by its number',
    { 'booking.order.items.item.sku': 'x', 'booking.order.items.item.@attributes.item_id': 'boat' },
    {},
  ],
  [
    'by its number as a member',
    {
      'booking.order.items.item.sku': 'x',
      'booking.order.items.item.@attributes': undefined,
      'booking.order.items.item.item_id': 'boat',
    },
    {},
  ],
  ['by its name', { 'booking.order.items.item.sku': 'x', 'booking.order.items.item.name': 'boat' }, {}],
  [
    'a time of its own of what was booked',
    {
      'booking.order.items.item.start_date': '1811716200',
      'booking.order.items.item.end_date': '1811727000',
    },
    { start: '2027-05-30T15:30', end: '2027-05-30T18:30' },
  ],
  [
    'no amount and no currency',
    { 'booking.order.total': {}, 'booking.order.@attributes': undefined },
    { gross: null, currency: null },
  ],
  [
    'two trips',
    { 'booking.order.items.item': [cf.booking.order.items.item, cf.booking.order.items.item] },
    { problems: ['vessel trips-several'] },
  ],
  ['a state of the operator’s own', { 'booking.status': 'CREWED' }, { problems: ['status status-unknown'] }],
  ['no state', { 'booking.status': undefined }, { problems: ['status status-unknown'] }],
]);
only('Checkfront', sent => checkfront().webhook(sent), [
  [{ booking: { code: 'C1', status: 'VOID' } }, off('C1')],
  [{ payment: { code: 'P1' } }, { nothing: true }],
]);
it('Checkfront: a count of what was booked is one of passengers only where the operator says so', () => {
  const none = { question: null, byListing: {}, isQuantity: false };
  expect(checkfront(none as never).webhook(cf)).toMatchObject({ problems: ['partySize field-missing'] });
  expect(checkfront({ ...none, isQuantity: true } as never).webhook(cf)).toMatchObject({ partySize: 6 });
});
const cfAnswer = {
  booking: {
    id: 'C1',
    status_id: 'PAID',
    start_date: 1811719800,
    end_date: 1811730600,
    total: '840.75',
    currency_id: 'USD',
    customer_name: 'Carole Whitfield',
    customer_email: 'carole@example.org',
    customer_phone: '+1 619 555 0142',
    meta: { note: 'with a dog' },
    fields: { request: 'early', guests: '4' },
    items: { '1': { sku: 'x', item_id: 'boat' } },
  },
};
reads('Checkfront’s API', sent => checkfront().answer(sent), cfAnswer, cfRead, [
  ['a booking that is held', { 'booking.status_id': 'HOLD' }, { status: 'tentative' }],
  ['nothing booked', { 'booking.items': undefined }, { problems: ['vessel vessel-unknown'] }],
]);

const xola = readingOf({ kind: 'xola', hours: { boat: 2 } });
const xo = {
  eventName: 'order.create',
  data: {
    id: 'X1',
    updatedAt: '2027-04-12T17:00:00Z',
    amount: 840.75,
    currency: 'USD',
    notes: [{ text: 'with a dog' }, { text: 'early' }, { by: 'nobody' }],
    customerName: 'Carole Whitfield',
    customerEmail: 'carole@example.org',
    phone: '+1 619 555 0142',
    items: [
      {
        experience: { id: 'boat', name: 'Heron', duration: 60 },
        product: { id: 'p1' },
        name: 'Trip',
        status: 200,
        arrival: '2027-05-30',
        arrivalTime: 1630,
        duration: 180,
        quantity: 4,
      },
    ],
  },
};
const xoRead = { ...trip, externalId: 'X1', kind: 'created', at, ...money, note: 'with a dog\nearly' };
const item = 'data.items.0';
reads('Xola', xola.webhook, xo, xoRead, [
  ['a note as a text', { 'data.notes': 'early' }, { note: 'early' }],
  ['no note', { 'data.notes': undefined }, { note: null }],
  ['the length of the experience', { [`${item}.duration`]: undefined }, { end: '2027-05-30T17:30' }],
  [
    'no length',
    { [`${item}.duration`]: undefined, [`${item}.experience`]: { id: 'boat' } },
    { end: '2027-05-30T18:30' },
  ],
  [
    'another name of the day',
    { [`${item}.arrival`]: undefined, [`${item}.arrivalDate`]: '2027-05-30T00:00:00+00:00' },
    {},
  ],
  [
    'an hour before ten',
    { [`${item}.arrivalTime`]: 930 },
    { start: '2027-05-30T09:30', end: '2027-05-30T12:30' },
  ],
  [
    'an hour as a text',
    { [`${item}.arrivalTime`]: '0930' },
    { start: '2027-05-30T09:30', end: '2027-05-30T12:30' },
  ],
  [
    'an hour that is none',
    { [`${item}.arrivalTime`]: '16301' },
    { problems: ['start field-missing', 'end field-missing'] },
  ],
  [
    'an hour of words',
    { [`${item}.arrivalTime`]: '4 pm' },
    { problems: ['start field-missing', 'end field-missing'] },
  ],
  [
    'no hour',
    { [`${item}.arrivalTime`]: undefined },
    { problems: ['start field-missing', 'end field-missing'] },
  ],
  [
    'a day that is none',
    { [`${item}.arrival`]: 'x2027-05-30' },
    { problems: ['start field-missing', 'end field-missing'] },
  ],
  [
    'a day with a longer year',
    { [`${item}.arrival`]: '12027-05-30' },
    { problems: ['start field-missing', 'end field-missing'] },
  ],
  [
    'half a day',
    { [`${item}.arrival`]: '2027-05' },
    { problems: ['start field-missing', 'end field-missing'] },
  ],
  ['what was booked by the product', { [`${item}.experience.id`]: 'x', [`${item}.product.id`]: 'boat' }, {}],
  [
    'by the name of the experience',
    { [`${item}.experience.id`]: 'x', [`${item}.experience.name`]: 'boat' },
    {},
  ],
  ['by its own name', { [`${item}.experience.id`]: 'x', [`${item}.name`]: 'boat' }, {}],
  ['an item that waits', { [`${item}.status`]: 199 }, { status: 'tentative' }],
  ['an item that stands', { [`${item}.status`]: 299 }, {}],
  [
    'an item that is off',
    { [`${item}.status`]: 300 },
    { ...off('X1', { at }), ...Object.fromEntries(Object.keys(trip).map(key => [key, undefined])) },
  ],
  ['an item in words', { [`${item}.status`]: 'confirmed' }, {}],
  ['an item in other words', { [`${item}.status`]: 'lost' }, { problems: ['status status-unknown'] }],
  ['an item that says nothing', { [`${item}.status`]: undefined }, {}],
  ['nothing booked', { 'data.items': [] }, { problems: ['vessel vessel-unknown'] }],
  [
    'two trips',
    { 'data.items': [xo.data.items[0], xo.data.items[0]] },
    { problems: ['vessel trips-several'] },
  ],
  ['a time of the change that is none', { 'data.updatedAt': undefined }, { at: receivedAt }],
]);
only('Xola', xola.webhook, [
  [{ eventName: 'order.cancel', data: { id: 'X1' } }, off('X1')],
  [{ eventName: 'purchase.cancel', data: { id: 'X1' } }, off('X1')],
  [{ eventName: 'experience.update', data: { id: 'X1' } }, { nothing: true }],
  [{ data: { id: 'X1' } }, { nothing: true }],
]);
it('Xola: the order is in the answer, what happened to it in the notice', () => {
  expect(xola.answerTo({ eventName: 'order.update' }, xo.data)).toEqual({ ...xoRead, kind: 'changed' });
});

const bokun = readingOf({ kind: 'bokun', times: 'instant' });
const bo = {
  status: 'CONFIRMED',
  confirmationCode: 'B1',
  totalPrice: '840.75',
  currency: 'USD',
  specialRequests: 'with a dog',
  customer: {
    firstName: 'Carole',
    lastName: 'Whitfield',
    email: 'carole@example.org',
    phoneNumber: '+1 619 555 0142',
  },
  activityBookings: [
    {
      product: { id: 'boat', title: 'Three hours' },
      title: 'Heron',
      startDateTime: 1_811_719_800_000,
      endDateTime: 1_811_730_600_000,
      totalParticipants: 4,
    },
  ],
};
reads(
  'Bókun',
  sent => bokun.answer(sent),
  bo,
  { ...trip, externalId: 'B1', kind: 'changed', at: receivedAt, ...money, note: 'with a dog' },
  [
    ['no note', { specialRequests: '' }, { note: null }],
    ['the guest by one name', { 'customer.lastName': undefined }, { guestName: 'Carole' }],
    [
      'what was booked by its title',
      { 'activityBookings.0.product.id': 'x', 'activityBookings.0.product.title': 'boat' },
      {},
    ],
    [
      'by the title of the booking',
      { 'activityBookings.0.product': undefined, 'activityBookings.0.title': 'boat' },
      {},
    ],
    ['things that are sold', { productBookings: bo.activityBookings, activityBookings: undefined }, {}],
    [
      'two trips',
      { activityBookings: [bo.activityBookings[0], bo.activityBookings[0]] },
      { problems: ['vessel trips-several'] },
    ],
    [
      'nobody counted',
      { 'activityBookings.0.totalParticipants': undefined },
      { problems: ['partySize field-missing'] },
    ],
    ['a booking that waits', { status: 'REQUESTED' }, { status: 'tentative' }],
    ['no booking yet', { status: 'RESERVED' }, { nothing: true }],
    ['no state', { status: undefined }, { problems: ['status status-unknown'] }],
  ],
);
only('Bókun', sent => bokun.answer(sent), [[{ confirmationCode: 'B1', status: 'TIMEOUT' }, off('B1')]]);
