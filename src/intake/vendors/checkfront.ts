import type { Adapter } from '#intake/adapter.ts';
import { at, listOf, words } from '#intake/at-path.ts';
import type { Delivery } from '#intake/inbox.ts';
import type { Read, ReadingRoom } from '#intake/source.ts';
import { nothingToAskFor, pathPart } from '#intake/vendor-api.ts';
import { nothing, oneTrip, readTold, statusUnknown, type Told } from './told.ts';

/**
 * Checkfront: JSON, XML or a form with the same members, unsigned. Amounts are texts like `"48.30"`, times are epochs as
 * texts, an empty value is `{}`, and a single item is not a list. An item is counted in units that need not be people.
 * Its API says the same in a flatter form: `status_id`, `customer_name`, and items by number.
 * https://api.checkfront.com/ref/notifications.html
 */
export const checkfront: Adapter = {
  proof: null,
  media: ['json', 'xml', 'form'],
  times: null,
  naming: 'arrival',
  read(sent, delivery, room) {
    // Payments and items are told of by the same webhook.
    if (at(sent, 'booking') === undefined) return nothing;
    return read(fromWebhook(at(sent, 'booking')), delivery, room);
  },
  api: {
    isNeeded: false,
    needs: ['secret', 'base'],
    // Each account has a host of its own.
    base: null,
    ask(notice, { key, secret }) {
      if (at(notice, 'booking') === undefined) return 'nothing';
      const code = pathPart(at(notice, 'booking', 'code'));
      if (code === null) return nothingToAskFor('booking.code');
      const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
      return [{ path: `/api/3.0/booking/${code}`, headers: { authorization } }];
    },
    read: ({ answers: [answer] }, delivery, room) => read(fromApi(at(answer, 'booking')), delivery, room),
  },
};

const marketplace = 'Checkfront';

/** What a booking says, wherever it stands. */
type Said = {
  id: unknown;
  status: unknown;
  total: unknown;
  currency: unknown;
  notes: readonly unknown[];
  items: readonly unknown[];
  start: unknown;
  end: unknown;
  guest: { name: unknown; email: unknown; phone: unknown };
  answers: readonly (readonly [string, unknown])[];
};

function fromWebhook(booking: unknown): Said {
  const of = (...path: string[]) => at(booking, ...path);
  return {
    id: of('code'),
    status: of('status'),
    total: of('order', 'total'),
    currency: of('order', '@attributes', 'currency_id'),
    notes: [of('meta', 'note'), of('fields', 'request')],
    items: listOf(of('order', 'items', 'item')),
    start: of('start_date'),
    end: of('end_date'),
    guest: { name: of('customer', 'name'), email: of('customer', 'email'), phone: of('customer', 'phone') },
    answers: answersIn(booking),
  };
}

function fromApi(booking: unknown): Said {
  const of = (...path: string[]) => at(booking, ...path);
  return {
    id: of('id'),
    status: of('status_id'),
    total: of('total'),
    currency: of('currency_id'),
    notes: [of('meta', 'note'), of('fields', 'request')],
    items: Object.values((of('items') as object | undefined) ?? {}),
    start: of('start_date'),
    end: of('end_date'),
    guest: { name: of('customer_name'), email: of('customer_email'), phone: of('customer_phone') },
    answers: answersIn(booking),
  };
}

const answersIn = (booking: unknown) =>
  ['fields', 'meta'].flatMap(group => Object.entries((at(booking, group) as object | undefined) ?? {}));

function read(said: Said, delivery: Delivery, room: ReadingRoom): Read {
  const status = words(said.status);
  const standing = status === null ? undefined : standings[status];
  if (!standing) return statusUnknown(status, marketplace);
  const told: Told = {
    ...standing,
    id: said.id,
    payout: { gross: words(said.total) ?? undefined, currency: words(said.currency) ?? undefined },
    note: said.notes.map(words).filter(Boolean).join('\n') || undefined,
  };
  const how = { marketplace, timed: false };
  if (standing.event === 'cancelled') return readTold(told, how, delivery, room);
  const listing = (item: unknown) => [
    at(item, 'sku'),
    at(item, '@attributes', 'item_id') ?? at(item, 'item_id'),
    at(item, 'name'),
  ];
  const one = oneTrip(said.items, listing, room);
  if ('problems' in one) return one;
  const { item } = one;
  const trip = {
    listing: listing(item),
    start: words(at(item, 'start_date')) ?? words(said.start) ?? undefined,
    end: words(at(item, 'end_date')) ?? words(said.end) ?? undefined,
    guest: said.guest,
    passengers: null,
    quantity: at(item, 'qty'),
    answers: said.answers,
  };
  return readTold({ ...told, trip }, how, delivery, room);
}

/** The ones that every account has; an operator's own may mean anything. */
const standings: Readonly<Record<string, Pick<Told, 'event' | 'status'>>> = {
  PAID: { event: 'changed', status: 'confirmed' },
  PART: { event: 'changed', status: 'confirmed' },
  PEND: { event: 'changed', status: 'tentative' },
  HOLD: { event: 'changed', status: 'tentative' },
  WAIT: { event: 'changed', status: 'tentative' },
  STOP: { event: 'cancelled' },
  VOID: { event: 'cancelled' },
};
