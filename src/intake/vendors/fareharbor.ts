import type { Adapter } from '#intake/adapter.ts';
import { at, listOf, words } from '#intake/at-path.ts';
import type { Delivery } from '#intake/inbox.ts';
import type { Read, ReadingRoom } from '#intake/source.ts';
import { nothingToAskFor, pathPart } from '#intake/vendor-api.ts';
import { currencyOf, fromCents, nothing, readTold, statusUnknown, type Told } from './told.ts';

/**
 * FareHarbor: the whole booking as it is now, on every change, unsigned and without a time of the change. Amounts in cents,
 * times with an offset like `+0200`. A rebooking is the old one with status `rebooked` and a new one that names it.
 * https://github.com/FareHarbor/fareharbor-docs
 */
export const fareharbor: Adapter = {
  proof: null,
  media: ['json'],
  times: 'instant',
  naming: 'arrival',
  read,
  api: {
    isNeeded: false,
    needs: ['secret', 'account'],
    base: 'https://fareharbor.com/api/external/v1',
    ask(notice, { key, secret, account }) {
      if (at(notice, 'booking') === undefined) return 'nothing';
      const uuid = pathPart(at(notice, 'booking', 'uuid'));
      if (uuid === null) return nothingToAskFor('booking.uuid');
      const headers = { 'x-fareharbor-api-app': key, 'x-fareharbor-api-user': secret };
      return [{ path: `/companies/${account}/bookings/${uuid}/`, headers }];
    },
    read: ({ answers: [answer] }, delivery, room) => read(answer, delivery, room),
  },
};

const marketplace = 'FareHarbor';

function read(sent: unknown, delivery: Delivery, room: ReadingRoom): Read {
  const booking = (...path: string[]) => at(sent, 'booking', ...path);
  // Items are told of by the same webhook.
  if (booking() === undefined) return nothing;
  const status = words(booking('status'));
  const standing = status === null ? undefined : standings[status];
  if (!standing) return statusUnknown(status, marketplace);
  const told: Told = {
    event: standing,
    id: booking('uuid'),
    replaces: booking('rebooked_from'),
    note: booking('note'),
    payout: {
      gross: fromCents(booking('receipt_total')),
      currency: currencyOf(booking('company', 'currency')),
    },
  };
  const how = { marketplace, timed: false };
  if (standing === 'cancelled') return readTold(told, how, delivery, room);
  const listed = listOf(booking('customers')).length || null;
  const trip = {
    listing: [booking('availability', 'item', 'pk'), booking('availability', 'item', 'name')],
    start: booking('availability', 'start_at'),
    end: booking('availability', 'end_at'),
    guest: {
      name: booking('contact', 'name'),
      email: booking('contact', 'email'),
      phone: booking('contact', 'phone'),
    },
    passengers: booking('customer_count') ?? listed,
    contradiction: contradictionIn(booking('customer_count'), listed),
  };
  return readTold({ ...told, trip }, how, delivery, room);
}

/** The number and the list of the customers have to agree. */
const contradictionIn = (counted: unknown, listed: number | null): string | null =>
  typeof counted === 'number' && listed !== null && counted !== listed
    ? `The message counts ${counted} and lists ${listed} customers: nobody knows how many come.`
    : null;

const standings: Readonly<Record<string, Told['event']>> = {
  booked: 'changed',
  cancelled: 'cancelled',
  rebooked: 'cancelled',
};
