import { functions } from '../lambda/functions.ts';
import type { Priced } from './prices.ts';

/** How much of something a month takes, and why so much. */
export type Use = {
  readonly of: Priced;
  /** Each booking of the month. */
  readonly perBooking?: number;
  /** However many bookings there are. */
  readonly perMonth?: number;
  readonly because: string;
};

const minutes = 60 * 24 * 30;
const ticks = functions.filter(({ triggers }) => triggers.some(({ on }) => on === 'minute'));
const behindTheEdge = functions.filter(({ triggers }) => triggers.some(({ on }) => on === 'http')).length;
const memoryOf = (name: string) => (functions.find(it => it.name === name)?.memory ?? 0) / 1024;

/** Photos of a booking: what guests send, and what is made of it in three sizes. */
const photos = { count: 20, mb: 3.5, renditionsMb: 0.6 };
const originalsGb = (photos.count * photos.mb) / 1000;
const renditionsGb = (photos.count * photos.renditionsMb) / 1000;
/** Somebody opens a page: guests before and after the trip, crew, and letters' link scanners. */
const pageViews = 60;
/** Each picture of the gallery by each of five viewers, on demand, in the size of the screen. */
const pictureViews = photos.count * 5;
const otherRequests = 60;
const apiRequests = pictureViews + photos.count * 3 + otherRequests;
const letters = 14;

/**
 * What one booking takes on AWS. Assumptions, not measurements: nothing here has run on an account. Each says what it
 * stands on; `gangway cost --json` shows them all, so that an operator can put their own beside them.
 */
export const usage: readonly Use[] = [
  {
    of: 'apiRequest',
    perBooking: apiRequests,
    because: `${pictureViews} looks at a photo, 3 requests for each of ${photos.count} that are sent, ${otherRequests} of crew, scripts and the desk`,
  },
  {
    of: 'invocation',
    perBooking: apiRequests + 40,
    because: 'each request, and 40 times a workflow goes on, a photo is developed or a mail comes in',
  },
  {
    of: 'invocation',
    perMonth: minutes * ticks.length,
    because: `${ticks.length} ticks each minute`,
  },
  {
    of: 'gbSecond',
    perBooking: Math.round(
      pictureViews * 0.05 * memoryOf('guest') +
        (otherRequests + photos.count * 3) * 0.1 * memoryOf('crew') +
        photos.count * 3 * memoryOf('photos') +
        20 * 0.4 * memoryOf('fulfil'),
    ),
    because: `3 s for each of ${photos.count} photos in the darkroom, 50 ms for a look at one, 100 ms for other requests, 0.4 s each time a workflow goes on`,
  },
  {
    of: 'gbSecond',
    perMonth: minutes * ticks.reduce((sum, { memory }) => sum + (memory / 1024) * 0.25, 0),
    because: 'a tick that finds nothing takes a quarter of a second',
  },
  {
    of: 'durableOperation',
    perBooking: 60,
    because: '12 steps of fulfilment and 3 of the books, four times over',
  },
  { of: 'durableWritten', perBooking: 0.0001, because: '100 kB: ids and digests, no text' },
  { of: 'durableKept', perBooking: 0.00005, because: 'the same, for 14 days' },
  {
    of: 'write',
    perBooking: 860,
    because:
      '430 until a booking is fulfilled (docs/reference/scale.md), and as much for what changes, reminders and answers',
  },
  {
    of: 'read',
    perBooking: 1200,
    because: 'strongly consistent, and what was read again before a transaction',
  },
  {
    of: 'read',
    perMonth: minutes * 96,
    because: 'what is due, in four parts for each of 24 lists, each minute',
  },
  { of: 'tableKept', perBooking: 0.004, because: '300 kB a booking, for a year' },
  { of: 'recovery', perBooking: 0.004, because: 'as much as is kept' },
  {
    of: 'put',
    perBooking: photos.count * 4 + 15,
    because: 'a photo and its three renditions, a page each time it changes',
  },
  {
    of: 'get',
    perBooking: pictureViews + photos.count + pageViews,
    because: 'each look at a photo, each page the edge has no longer',
  },
  { of: 'toCold', perBooking: photos.count, because: 'an original, 30 days after it was sent' },
  {
    of: 'kept',
    perBooking: originalsGb + renditionsGb * 12,
    because: 'originals for a month, renditions for a year; a year’s bookings lie there at once',
  },
  { of: 'keptCold', perBooking: originalsGb * 11, because: 'originals for the eleven months after it' },
  {
    of: 'edgeRequest',
    perBooking: apiRequests + pageViews * 2,
    because: 'each request, each view of a page and its worker',
  },
  {
    of: 'edgeOut',
    perBooking: pageViews * 0.00003 + pictureViews * 0.0002,
    because: '30 kB a page, 200 kB a picture',
  },
  { of: 'edgeFunction', perBooking: pageViews * 2, because: 'each view of a page and its worker' },
  {
    of: 'invalidation',
    perBooking: 0.2,
    because:
      'two paths, of one booking in ten: what is cancelled or corrected. A page that changes is not invalidated',
  },
  { of: 'letter', perBooking: letters, because: 'to guest, crew, captain and owner, with a reminder each' },
  { of: 'attachment', perBooking: letters * 0.000005, because: '5 kB: an invitation' },
  { of: 'mail', perBooking: 1, because: 'one of a marketplace' },
  { of: 'mailChunk', perBooking: 1, because: 'of 256 kB' },
  { of: 'logs', perBooking: 0.0001, because: '100 kB' },
  { of: 'logs', perMonth: 0.1, because: 'two lines a tick' },
  {
    of: 'alarm',
    perMonth: 12,
    because: 'workflows, ticks, surfaces in trouble and overdue, dead letters, bounces, complaints, cost',
  },
  {
    of: 'metric',
    perMonth: 21,
    because:
      'seven numbers of the house, and counters by source, kind of answer and outcome; charged while they are told',
  },
  { of: 'secret', perMonth: 1, because: 'what distributions show; all others are in SSM, for nothing' },
  {
    of: 'secretRead',
    perMonth: (minutes / 5) * behindTheEdge,
    because: `by each of ${behindTheEdge} functions behind the edge every five minutes`,
  },
];
