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

const square = readingOf({
  kind: 'square',
  party: { question: null, byListing: { boat: 4 }, isQuantity: false },
});
const sq = [
  {
    booking: {
      id: 'S1',
      version: 3,
      status: 'ACCEPTED',
      updated_at: '2027-04-12T17:00:00Z',
      created_at: '2027-04-11T17:00:00Z',
      customer_note: 'with a dog',
      seller_note: 'early',
      start_at: start,
      appointment_segments: [
        { duration_minutes: 120, service_variation_id: 'boat' },
        { duration_minutes: 60, service_variation_id: 'drinks' },
      ],
    },
  },
  {
    customer: {
      given_name: 'Carole',
      family_name: 'Whitfield',
      email_address: 'carole@example.org',
      phone_number: '+1 619 555 0142',
    },
  },
];
const sqRead = {
  ...trip,
  externalId: 'S1',
  kind: 'changed',
  at,
  version: 3,
  gross: null,
  currency: null,
  note: 'with a dog\nearly',
};
reads('Square', sent => square.answer(...(sent as unknown[])), sq, sqRead, [
  ['only when it was made', { '0.booking.updated_at': undefined }, { at: '2027-04-11T17:00:00.000Z' }],
  [
    'neither',
    { '0.booking.updated_at': undefined, '0.booking.created_at': undefined },
    { problems: ['occurred_at field-missing'] },
  ],
  ['one note', { '0.booking.customer_note': undefined }, { note: 'early' }],
  [
    'no note',
    { '0.booking.customer_note': '', '0.booking.seller_note': '' },
    { note: undefined, gross: undefined, currency: undefined },
  ],
  ['the guest by one name', { '1.customer.given_name': undefined }, { guestName: 'Whitfield' }],
  [
    'the vessel behind something else',
    {
      '0.booking.appointment_segments.0.service_variation_id': 'drinks',
      '0.booking.appointment_segments.1.service_variation_id': 'boat',
    },
    {},
  ],
  [
    'a part without a length',
    { '0.booking.appointment_segments.1.duration_minutes': undefined },
    { problems: ['end field-missing'] },
  ],
  ['a booking that waits', { '0.booking.status': 'PENDING' }, { status: 'tentative' }],
  ['no state', { '0.booking.status': undefined }, { problems: ['status status-unknown'] }],
]);
only('Square', square.webhook, [
  [
    { data: { object: { booking: { id: 'S1', version: 4, status: 'DECLINED', updated_at: start } } } },
    { externalId: 'S1', kind: 'cancelled', at: receivedAt, version: 4 },
  ],
  [{ data: {} }, { nothing: true }],
]);

const calendly = readingOf({ kind: 'calendly', party: many });
const ca = {
  event: 'invitee.created',
  created_at: '2027-04-12T17:00:00Z',
  payload: {
    uri: 'https://api.calendly.com/invitees/I1',
    old_invitee: 'https://api.calendly.com/invitees/I0',
    name: 'Carole Whitfield',
    email: 'carole@example.org',
    text_reminder_number: '+1 619 555 0142',
    questions_and_answers: [
      { question: 'How many?', answer: '4' },
      { question: 'Anything else?', answer: 'with a dog' },
      { question: 'Why?', answer: '' },
    ],
    payment: { amount: '840.75', currency: 'USD' },
    scheduled_event: {
      event_type: 'https://api.calendly.com/event_types/boat',
      name: 'Heron',
      start_time: start,
      end_time: end,
    },
  },
};
reads(
  'Calendly',
  calendly.webhook,
  ca,
  { ...trip, externalId: 'I1', replaces: 'I0', kind: 'created', at, ...money, note: '4\nwith a dog' },
  [
    ['nothing it replaces', { 'payload.old_invitee': null }, { replaces: undefined }],
    ['no payment', { 'payload.payment': null }, { gross: null, currency: null }],
    [
      'what was booked by its name',
      { 'payload.scheduled_event.event_type': 'x', 'payload.scheduled_event.name': 'boat' },
      {},
    ],
    ['no answers', { 'payload.questions_and_answers': [] }, { problems: ['partySize field-missing'] }],
    ['no time of the event', { created_at: undefined }, { problems: ['occurred_at field-missing'] }],
    ['something else', { event: 'routing_form.created' }, { nothing: true }],
  ],
);
only('Calendly', calendly.webhook, [
  [{ event: 'invitee.canceled', created_at: start, payload: { uri: 'x/I1' } }, off('I1')],
]);

const cal = readingOf({ kind: 'cal-com', party: many });
const cc = {
  triggerEvent: 'BOOKING_CREATED',
  createdAt: '2027-04-12T17:00:00Z',
  payload: {
    uid: 'K1',
    rescheduleUid: 'K0',
    additionalNotes: 'with a dog',
    price: 84_075,
    currency: 'usd',
    eventTypeId: 'boat',
    type: 'heron-trip',
    eventTitle: 'Heron',
    startTime: start,
    endTime: end,
    attendees: [{ name: 'Carole Whitfield', email: 'carole@example.org', phoneNumber: '+1 619 555 0142' }],
    responses: {
      guests: { label: 'How many?', value: 4 },
      attendeePhoneNumber: { value: '+1 619 555 0143' },
    },
  },
};
reads(
  'cal.com',
  cal.webhook,
  cc,
  { ...trip, externalId: 'K1', replaces: 'K0', kind: 'created', at, ...money, note: 'with a dog' },
  [
    [
      'the number that the form asked for',
      { 'payload.attendees.0.phoneNumber': undefined },
      { guestPhone: '+1 619 555 0143' },
    ],
    ['no price', { 'payload.price': 0 }, { gross: null, currency: null }],
    ['what was booked by its type', { 'payload.eventTypeId': 7, 'payload.type': 'boat' }, {}],
    ['by its title', { 'payload.eventTypeId': 7, 'payload.eventTitle': 'boat' }, {}],
    ['a question by its name', { 'payload.responses': { 'How many?': { value: 3 } } }, { partySize: 3 }],
    ['a booking that waits', { triggerEvent: 'BOOKING_REQUESTED' }, { status: 'tentative' }],
    ['a meeting', { triggerEvent: 'MEETING_STARTED' }, { nothing: true }],
    ['nothing', { triggerEvent: undefined }, { nothing: true }],
  ],
);
