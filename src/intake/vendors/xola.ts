import type { Adapter } from '#intake/adapter.ts';
import { at, listOf, words } from '#intake/at-path.ts';
import type { Delivery } from '#intake/inbox.ts';
import type { Read, ReadingRoom } from '#intake/source.ts';
import { nothingToAskFor, pathPart } from '#intake/vendor-api.ts';
import { nothing, oneTrip, readTold, statusUnknown, type Told } from './told.ts';

/**
 * Xola: an event's name and the order it is about, unsigned. Days and times apart (`arrival` and `arrivalTime`, 1630 for
 * half past four) by the clock at the berth, and no end: `hours` of the source says how long a trip is. What is cancelled
 * says the name of the event, or an item of the order by its status. Newer accounts are told of purchases instead, which
 * are orders with some members named otherwise and a length. https://developers.xola.com/reference/webhook-introduction,
 * https://developers.xola.com/reference/orders-introduction
 */
export const xola: Adapter = {
  proof: null,
  media: ['json'],
  times: 'local',
  naming: 'arrival',
  read: (sent, delivery, room) => read(sent, at(sent, 'data'), delivery, room),
  api: {
    isNeeded: false,
    needs: [],
    base: 'https://xola.com',
    ask(notice, { key }) {
      const event = eventOf(notice);
      if (event === undefined) return 'nothing';
      const id = pathPart(at(notice, 'data', 'id'));
      if (id === null) return nothingToAskFor('data.id');
      const kept = isPurchase(notice) ? 'purchases' : 'orders';
      return [{ path: `/api/${kept}/${id}`, headers: { 'x-api-key': key } }];
    },
    read: ({ notice, answers: [order] }, delivery, room) => read(notice, order, delivery, room),
  },
};

const marketplace = 'Xola';

const nameOf = (sent: unknown): string => words(at(sent, 'eventName')) ?? '';
const eventOf = (sent: unknown): Told['event'] | undefined => events.get(nameOf(sent));
const isPurchase = (sent: unknown): boolean => nameOf(sent).startsWith('purchase.');

function read(notice: unknown, order: unknown, delivery: Delivery, room: ReadingRoom): Read {
  const event = eventOf(notice);
  if (event === undefined) return nothing;
  const items = listOf(at(order, 'items'));
  const standing = items.filter(item => statusOf(item) !== 'off');
  const isOff = event === 'cancelled' || (items.length > 0 && standing.length === 0);
  const told: Told = {
    event: isOff ? 'cancelled' : event,
    id: at(order, 'id'),
    occurredAt: at(order, 'updatedAt'),
    payout: { gross: at(order, 'amount'), currency: at(order, 'currency') },
    note: notesIn(at(order, 'notes')),
  };
  const how = { marketplace, timed: false };
  if (isOff) return readTold(told, how, delivery, room);
  const one = oneTrip(standing, listingOf, room);
  if ('problems' in one) return one;
  const { item } = one;
  const status = statusOf(item);
  if (status === 'off' || status === 'unknown') return statusUnknown(at(item, 'status'), marketplace);
  const minutes = at(item, 'duration') ?? at(item, 'experience', 'duration');
  const trip = {
    listing: listingOf(item),
    start: startOf(at(item, 'arrival') ?? at(item, 'arrivalDate'), at(item, 'arrivalTime')),
    end: minutes === undefined ? undefined : { minutes },
    guest: {
      name: at(order, 'customerName'),
      email: at(order, 'customerEmail'),
      phone: at(order, 'phone'),
    },
    passengers: at(item, 'quantity') ?? null,
  };
  return readTold({ ...told, status, trip }, how, delivery, room);
}

const listingOf = (item: unknown) => [
  at(item, 'experience', 'id'),
  at(item, 'product', 'id'),
  at(item, 'experience', 'name'),
  at(item, 'name'),
];

/** A number in an order, a word in a purchase. An item that says nothing stands as long as nothing cancels its order. */
function statusOf(item: unknown): 'confirmed' | 'tentative' | 'off' | 'unknown' {
  const status = at(item, 'status') ?? 'confirmed';
  if (typeof status !== 'number') return statuses.get(status) ?? 'unknown';
  if (status < 200) return 'tentative';
  return status < 300 ? 'confirmed' : 'off';
}

const statuses = new Map<unknown, 'confirmed' | 'off'>([
  ['confirmed', 'confirmed'],
  ['canceled', 'off'],
]);

/** A text, or a list of `{ text }`. */
const notesIn = (notes: unknown): string | undefined =>
  [words(notes), ...listOf(notes).map(note => words(at(note, 'text')))].filter(Boolean).join('\n') ||
  undefined;

/** `2027-05-30` and 1630 make `2027-05-30T16:30`; anything else is handed on to be refused. */
function startOf(day: unknown, clock: unknown): unknown {
  const digits = words(clock)?.padStart(4, '0') ?? '';
  const date = words(day)?.slice(0, 10) ?? '';
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && /^\d{4}$/.test(digits)
    ? `${date}T${digits.slice(0, 2)}:${digits.slice(2)}`
    : undefined;
}

const events: ReadonlyMap<string, Told['event']> = new Map([
  ['order.create', 'created'],
  ['order.update', 'changed'],
  ['order.cancel', 'cancelled'],
  ['order.rollback', 'cancelled'],
  ['purchase.create', 'created'],
  ['purchase.update', 'changed'],
  ['purchase.cancel', 'cancelled'],
]);
