import { paths } from '#ui/paths.ts';
import type { Operation, Parameter } from './operation.ts';

const aMember = {
  id: 'ana',
  name: 'Ana Reyes',
  role: 'captain',
  answer: 'unknown',
  place: 'held',
  answer_by: null,
  answered_at: null,
};

const anEvent = {
  event_id: 'evt_0q8m3v7x1k2c9d4e',
  event_name: 'Sunset sail',
  start_time: '2027-05-30T16:30:00-07:00',
  end_time: '2027-05-30T19:30:00-07:00',
  call_time: '2027-05-30T15:30:00-07:00',
  zone: 'America/Los_Angeles',
  vessel: 'heron',
  berth: 'Dock C, slip 12',
  booking_id: null,
  head_count: null,
  notes: 'Bring the spare life jackets.',
  status: 'on',
  revision: 1,
  created_at: '2027-05-01T12:00:00.000Z',
  changed_at: '2027-05-01T12:00:00.000Z',
};

const withLinks = {
  ...anEvent,
  crew: [{ ...aMember, magic_link: 'https://crew.example.com/c#9Zk3…' }],
};

const id: Parameter = { name: 'id', in: 'path', required: true, description: 'Id of the event, `evt_…`.' };

const day = { type: 'string' };

const ofFields = [
  'field-unknown',
  'field-wrong',
  'time-unreadable',
  'time-does-not-exist',
  'time-ambiguous',
  'end-before-start',
  'vessel-unknown',
  'zone-unknown',
  'crew-unknown',
  'crew-repeated',
  'notes-look-like-money',
  'money-in-output',
] as const;

const oldAddress = paths.events.replace('/api', '');

export const eventOperations: readonly Operation[] = [
  {
    id: 'createEvent',
    method: 'post',
    path: paths.events,
    alias: oldAddress,
    tag: 'Crew events',
    summary: 'Make a crew event',
    description:
      'Makes the event and writes to everybody named in `crew`. The answer holds each one’s personal link. With an `Idempotency-Key` it is made once, however often it is sent; a repeat is answered like the first time, with the header `idempotency-replayed`.',
    access: 'service key',
    parameters: [
      {
        name: 'Idempotency-Key',
        in: 'header',
        description: 'Up to 200 characters of your choice, a fresh UUID for each event you mean to make.',
        schema: { type: 'string', pattern: '^[!-~]{1,200}$' },
        example: '0c9b6e1e-4a51-4d40-9d7c-2f7a5b2f4d11',
      },
    ],
    body: {
      schema: 'NewEvent',
      examples: {
        'a sunset sail': {
          event_name: 'Sunset sail',
          start_time: '2027-05-30T16:30',
          end_time: '2027-05-30T19:30',
          notes: 'Bring the spare life jackets.',
          vessel: 'heron',
          crew: [{ id: 'ana' }],
        },
      },
    },
    answers: {
      201: {
        description: 'The event, with the personal link of each of the crew.',
        schema: 'CrewEvent',
        example: withLinks,
        headers: {
          location: 'Address of the event.',
          'idempotency-replayed': '`true` when this is the event of an earlier request.',
        },
      },
    },
    refusals: [
      'field-missing',
      ...ofFields,
      'booking-unknown',
      'booking-has-event',
      'idempotency-key-malformed',
      'idempotency-key-reused',
    ],
  },
  {
    id: 'listEvents',
    method: 'get',
    path: paths.events,
    alias: oldAddress,
    tag: 'Crew events',
    summary: 'List crew events by start',
    description: 'Soonest first, without personal links: an answer never holds the keys to everything.',
    access: 'service key',
    parameters: [
      {
        name: 'from',
        in: 'query',
        description: 'A day or a time; a day begins at midnight at the house. Without it: 24 hours ago.',
        schema: day,
        example: '2027-05-01',
      },
      {
        name: 'until',
        in: 'query',
        description: 'A day or a time; events that start before it.',
        schema: day,
      },
      {
        name: 'limit',
        in: 'query',
        description: 'How many at most.',
        schema: { type: 'integer', minimum: 1, maximum: 200, default: 100 },
      },
    ],
    answers: {
      200: {
        description: 'The events.',
        schema: 'CrewEventList',
        example: { events: [{ ...anEvent, crew: [aMember] }], more: false },
      },
    },
    refusals: ['field-wrong'],
  },
  {
    id: 'readEvent',
    method: 'get',
    path: paths.event('{id}'),
    alias: `${oldAddress}/{id}`,
    tag: 'Crew events',
    summary: 'Read a crew event',
    description: 'With the personal link of each of the crew.',
    access: 'service key',
    parameters: [id],
    answers: { 200: { description: 'The event.', schema: 'CrewEvent', example: withLinks } },
    refusals: ['event-unknown', 'money-in-output'],
  },
  {
    id: 'changeEvent',
    method: 'patch',
    path: paths.event('{id}'),
    alias: `${oldAddress}/{id}`,
    tag: 'Crew events',
    summary: 'Change a crew event, or call it off',
    description:
      'What is left out stays. `crew` states the whole crew: who is no longer in it is released and their link ends. Whoever is concerned gets a letter. Safe to repeat. Of an event that belongs to a booking only `notes` and `crew` change here; the rest follows the booking.',
    access: 'service key',
    parameters: [id],
    body: {
      schema: 'EventChange',
      examples: {
        'an hour earlier': { start_time: '2027-05-30T15:30', end_time: '2027-05-30T18:30' },
        'another crew': { crew: [{ id: 'ana', role: 'captain' }, { id: 'luis' }] },
        'called off': { status: 'cancelled' },
      },
    },
    answers: {
      200: {
        description: 'The event as it is now.',
        schema: 'CrewEvent',
        example: {
          ...withLinks,
          start_time: '2027-05-30T15:30:00-07:00',
          end_time: '2027-05-30T18:30:00-07:00',
          call_time: '2027-05-30T14:30:00-07:00',
          revision: 2,
        },
      },
    },
    refusals: ['event-unknown', 'event-cancelled', 'event-follows-booking', ...ofFields],
  },
];
