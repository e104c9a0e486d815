import { paths } from '#ui/paths.ts';
import type { Operation, Parameter } from './operation.ts';

const anEntry = {
  id: 'cal_0q8m3v7x1k2c9d4e',
  booking: null,
  charter_id: 'HAUL-2027',
  date: '2027-06-02',
  start: '09:00',
  end: '12:00',
  zone: 'America/Los_Angeles',
  starts_at: '2027-06-02T09:00:00-07:00',
  ends_at: '2027-06-02T12:00:00-07:00',
  vessel: 'heron',
  captain: 'Ana Reyes',
  title: 'Haul-out',
  status: 'confirmed',
  note: 'The yard has the keys.',
  revision: 1,
  changed_at: '2027-05-01T12:00:00.000Z',
};

const id: Parameter = { name: 'id', in: 'path', required: true, description: 'Id of the entry, `cal_…`.' };
const day = { type: 'string', format: 'date' };

const ofFields = [
  'field-unknown',
  'field-wrong',
  'time-unreadable',
  'time-does-not-exist',
  'time-ambiguous',
  'start-on-another-day',
  'end-without-start',
  'end-before-start',
  'entry-too-long',
  'vessel-unknown',
  'notes-look-like-money',
  'money-in-output',
  'calendar-differs-from-booking',
] as const;

const oldAddress = paths.calendar.replace('/api', '');

export const calendarOperations: readonly Operation[] = [
  {
    id: 'enterInCalendar',
    method: 'post',
    path: paths.calendar,
    alias: oldAddress,
    tag: 'Calendar',
    summary: 'Enter something in the calendar',
    description:
      'A `charter_id` that a booking goes by leads to that booking’s entry; one that was sent before, to the entry made then; else there is a new one. So it is safe to repeat where there is a `charter_id`. Of a booking’s entry only the note is changed here.',
    access: 'dashboard token',
    body: {
      schema: 'NewCalendarEntry',
      examples: {
        'a haul-out': {
          date: '2027-06-02',
          charter_id: 'HAUL-2027',
          start: '09:00',
          end: '12:00',
          vessel: 'heron',
          captain: 'ana',
          title: 'Haul-out',
          note: 'The yard has the keys.',
        },
        'only the day': { date: '2027-06-03', title: 'Varnish' },
      },
    },
    answers: {
      201: {
        description: 'A new entry.',
        schema: 'CalendarEntry',
        example: anEntry,
        headers: { location: 'Address of the entry.' },
      },
      200: {
        description: 'An entry that was there, as it is now.',
        schema: 'CalendarEntry',
        headers: { location: 'Address of the entry.' },
      },
    },
    refusals: ['field-missing', ...ofFields],
  },
  {
    id: 'listCalendar',
    method: 'get',
    path: paths.calendar,
    alias: oldAddress,
    tag: 'Calendar',
    summary: 'List the calendar',
    description: 'A month, or the days from one to another (at most 400), or this month.',
    access: 'dashboard token',
    parameters: [
      {
        name: 'month',
        in: 'query',
        description: 'Instead of `from` and `to`.',
        schema: { type: 'string', pattern: '^\\d{4}-\\d{2}$' },
        example: '2027-06',
      },
      { name: 'from', in: 'query', description: 'First day.', schema: day },
      { name: 'to', in: 'query', description: 'Last day. Without it: 30 days after `from`.', schema: day },
    ],
    answers: {
      200: {
        description: 'The entries that touch these days.',
        schema: 'CalendarEntryList',
        example: { from: '2027-06-01', to: '2027-06-30', entries: [anEntry] },
      },
    },
    refusals: ['field-unknown', 'field-wrong'],
  },
  {
    id: 'readCalendarEntry',
    method: 'get',
    path: paths.calendarEntry('{id}'),
    alias: `${oldAddress}/{id}`,
    tag: 'Calendar',
    summary: 'Read an entry',
    description: 'One entry by its id.',
    access: 'dashboard token',
    parameters: [id],
    answers: { 200: { description: 'The entry.', schema: 'CalendarEntry', example: anEntry } },
    refusals: ['calendar-entry-unknown'],
  },
  {
    id: 'changeCalendarEntry',
    method: 'patch',
    path: paths.calendarEntry('{id}'),
    alias: `${oldAddress}/{id}`,
    tag: 'Calendar',
    summary: 'Change an entry',
    description:
      'What is left out stays; `null` takes a value away. Another `date` takes the times with it. Of a booking’s entry only the note is changed here. Safe to repeat.',
    access: 'dashboard token',
    parameters: [id],
    body: {
      schema: 'CalendarChange',
      examples: { 'a day later': { date: '2027-06-03' }, 'called off': { status: 'cancelled' } },
    },
    answers: {
      200: {
        description: 'The entry as it is now.',
        schema: 'CalendarEntry',
        example: {
          ...anEntry,
          date: '2027-06-03',
          starts_at: '2027-06-03T09:00:00-07:00',
          ends_at: '2027-06-03T12:00:00-07:00',
          revision: 2,
        },
      },
    },
    refusals: ['calendar-entry-unknown', 'calendar-charter-fixed', ...ofFields],
  },
];
