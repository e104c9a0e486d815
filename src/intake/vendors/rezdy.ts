import type { Adapter } from '#intake/adapter.ts';
import { at, listOf, words } from '#intake/at-path.ts';
import type { Delivery } from '#intake/inbox.ts';
import type { Read, ReadingRoom } from '#intake/source.ts';
import { nothingToAskFor, pathPart } from '#intake/vendor-api.ts';
import { nothing, oneTrip, readTold, statusUnknown, type Told } from './told.ts';

/**
 * Rezdy: the order as it is now, unsigned, times twice: `startTime` as an instant and `startTimeLocal` as the clock at the
 * berth, which is the one that is read. A new order may be no booking yet (`PROCESSING`), and an update may repeat the
 * last one. https://developers.rezdy.com/guides/API%20Related%20Articles/Webhooks
 */
export const rezdy: Adapter = {
  proof: null,
  media: ['json'],
  times: 'local',
  naming: 'arrival',
  read,
  api: {
    isNeeded: false,
    needs: [],
    base: 'https://api.rezdy.com',
    ask(notice, { key }) {
      if (orderIn(notice) === undefined) return 'nothing';
      const order = pathPart(at(orderIn(notice), 'orderNumber'));
      if (order === null) return nothingToAskFor('orderNumber');
      return [{ path: `/v1/bookings/${order}?apiKey=${encodeURIComponent(key)}`, headers: {} }];
    },
    read: ({ answers: [answer] }, delivery, room) => read(answer, delivery, room),
  },
};

const marketplace = 'Rezdy';

/** The order by itself, as webhooks have it, or in the answer of the API. Products and contacts have no order number. */
const orderIn = (sent: unknown): unknown =>
  at(sent, 'booking') ?? (at(sent, 'orderNumber') === undefined ? undefined : sent);

function read(sent: unknown, delivery: Delivery, room: ReadingRoom): Read {
  const order = (...path: string[]) => at(orderIn(sent), ...path);
  if (order() === undefined) return nothing;
  const status = words(order('status'));
  const standing = status === null ? undefined : standings[status];
  if (!standing) return statusUnknown(status, marketplace);
  if (standing === 'not yet') return nothing;
  const told: Told = {
    ...standing,
    id: order('orderNumber'),
    occurredAt: order('dateUpdated'),
    payout: { gross: order('totalAmount'), currency: order('totalCurrency') },
    note: order('comments'),
  };
  const how = { marketplace, timed: false };
  if (standing.event === 'cancelled') return readTold(told, how, delivery, room);
  const listing = (item: unknown) => [
    at(item, 'productCode'),
    at(item, 'externalProductCode'),
    at(item, 'productName'),
  ];
  const one = oneTrip(listOf(order('items')), listing, room);
  if ('problems' in one) return one;
  const { item } = one;
  const trip = {
    listing: listing(item),
    start: at(item, 'startTimeLocal'),
    end: at(item, 'endTimeLocal'),
    guest: {
      name: words(order('customer', 'name')) ?? fullName(order('customer')),
      email: order('customer', 'email'),
      phone: order('customer', 'phone') ?? order('customer', 'mobile'),
    },
    passengers: at(item, 'totalQuantity') ?? sumOf(listOf(at(item, 'quantities'))),
    answers: listOf(order('fields')).map(field => [at(field, 'label'), at(field, 'value')] as const),
  };
  return readTold({ ...told, trip }, how, delivery, room);
}

const fullName = (customer: unknown) =>
  [words(at(customer, 'firstName')), words(at(customer, 'lastName'))].filter(part => part !== null).join(' ');

/** Null where one of them is no number, so that nothing is left out in silence. */
function sumOf(quantities: readonly unknown[]): number | null {
  const values = quantities.map(quantity => at(quantity, 'value'));
  const numbers = values.filter(value => typeof value === 'number');
  return numbers.length === values.length && numbers.length > 0 ? numbers.reduce((a, b) => a + b, 0) : null;
}

const confirmed = { event: 'changed', status: 'confirmed' } as const;
const tentative = { event: 'changed', status: 'tentative' } as const;
const cancelled = { event: 'cancelled' } as const;

const standings: Readonly<Record<string, Pick<Told, 'event' | 'status'> | 'not yet'>> = {
  CONFIRMED: confirmed,
  PENDING_SUPPLIER: tentative,
  PENDING_CUSTOMER: tentative,
  CANCELLED: cancelled,
  ABANDONED_CART: cancelled,
  NEW: 'not yet',
  PROCESSING: 'not yet',
  ON_HOLD: 'not yet',
};
