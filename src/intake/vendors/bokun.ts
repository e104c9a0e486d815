import { createHmac } from 'node:crypto';
import type { Adapter } from '#intake/adapter.ts';
import { at, listOf, words } from '#intake/at-path.ts';
import { hmacHeader } from '#intake/proofs.ts';
import { nothingToAskFor } from '#intake/vendor-api.ts';
import { isoInstant } from '#lib/clock.ts';
import { nothing, oneTrip, readTold, statusUnknown, type Told } from './told.ts';

/**
 * Bókun: a notice that names a booking and nothing else. What is signed are its `X-Bokun-…` headers in order and not its
 * body, so nothing of the body is believed: it says what to ask for, and the answer is what is read.
 * https://bokun.dev/webhooks
 */
export const bokun: Adapter = {
  proof: hmacHeader('x-bokun-hmac', 'hex', {
    signed: ({ headers }) => [signedHeaders(headers())],
  }),
  media: ['json'],
  times: null,
  naming: 'arrival',
  // Experiences, uninstalls and whatever else has no booking in it.
  read: () => nothing,
  api: {
    isNeeded: true,
    needs: ['secret'],
    base: 'https://api.bokun.io',
    ask(notice, { key, secret }, now) {
      const named = at(notice, 'bookingId');
      if (named === undefined) return 'nothing';
      const id = bookingNumber(named);
      if (id === null) return nothingToAskFor('bookingId');
      const path = `/booking.json/booking/${id}`;
      const date = isoInstant(now).slice(0, 19).replace('T', ' ');
      const signature = createHmac('sha1', secret).update(`${date}${key}GET${path}`).digest('base64');
      const headers = { 'x-bokun-date': date, 'x-bokun-accesskey': key, 'x-bokun-signature': signature };
      return [{ path, headers }];
    },
    read({ answers: [booking] }, delivery, room) {
      const status = words(at(booking, 'status'));
      const standing = status === null ? undefined : standings[status];
      if (!standing) return statusUnknown(status, marketplace);
      if (standing === 'not yet') return nothing;
      const told: Told = {
        ...standing,
        id: at(booking, 'confirmationCode'),
        payout: { gross: at(booking, 'totalPrice'), currency: at(booking, 'currency') },
        note: words(at(booking, 'specialRequests')) ?? undefined,
      };
      const how = { marketplace, timed: false };
      if (standing.event === 'cancelled') return readTold(told, how, delivery, room);
      const listing = (item: unknown) => [
        at(item, 'product', 'id'),
        at(item, 'product', 'title'),
        at(item, 'title'),
      ];
      const items = listOf(at(booking, 'activityBookings') ?? at(booking, 'productBookings'));
      const one = oneTrip(items, listing, room);
      if ('problems' in one) return one;
      const { item } = one;
      const customer = (field: string) => at(booking, 'customer', field);
      const trip = {
        listing: listing(item),
        start: at(item, 'startDateTime'),
        end: at(item, 'endDateTime'),
        guest: {
          name: [words(customer('firstName')), words(customer('lastName'))].filter(Boolean).join(' '),
          email: customer('email'),
          phone: customer('phoneNumber'),
        },
        passengers: at(item, 'totalParticipants') ?? null,
      };
      return readTold({ ...told, trip }, how, delivery, room);
    },
  },
};

const marketplace = 'Bókun';

/** `x-bokun-apikey=…&x-bokun-topic=…`: all of them but the signature, in the order of their names. */
const signedHeaders = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => name.startsWith('x-bokun-') && name !== 'x-bokun-hmac')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

/** 4711, or the name of their graph for it: the base64 of `Booking:4711`. */
function bookingNumber(named: unknown): string | null {
  const text = words(named) ?? '';
  if (/^\d{1,19}$/.test(text)) return text;
  const [, number] = /^Booking:(\d{1,19})$/.exec(Buffer.from(text, 'base64').toString('latin1')) ?? [];
  return number ?? null;
}

const standings: Readonly<Record<string, Pick<Told, 'event' | 'status'> | 'not yet'>> = {
  CONFIRMED: { event: 'changed', status: 'confirmed' },
  ARRIVED: { event: 'changed', status: 'confirmed' },
  NO_SHOW: { event: 'changed', status: 'confirmed' },
  REQUESTED: { event: 'changed', status: 'tentative' },
  RESERVED: 'not yet',
  CANCELLED: { event: 'cancelled' },
  REJECTED: { event: 'cancelled' },
  TIMEOUT: { event: 'cancelled' },
  ABORTED: { event: 'cancelled' },
};
