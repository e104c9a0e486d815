import type { Adapter } from '#intake/adapter.ts';
import { at, listOf, words } from '#intake/at-path.ts';
import type { Delivery } from '#intake/inbox.ts';
import type { Read, ReadingRoom } from '#intake/source.ts';
import { nothingToAskFor, pathPart } from '#intake/vendor-api.ts';
import { nothing, oneTrip, readTold, type Told } from './told.ts';

/**
 * Xola: an event's name and the order it is about, unsigned. Days and times apart (`arrival` and `arrivalTime`, 1630 for
 * half past four) by the clock at the berth, and no end: `hours` of the source says how long a trip is. What is cancelled
 * says the name of the event alone. https://developers.xola.com/reference/webhook-introduction
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
      return [{ path: `/api/orders/${id}`, headers: { 'x-api-key': key } }];
    },
    read: ({ notice, answers: [order] }, delivery, room) => read(notice, order, delivery, room),
  },
};

const eventOf = (sent: unknown): Told['event'] | undefined => events[words(at(sent, 'eventName')) ?? ''];

function read(notice: unknown, order: unknown, delivery: Delivery, room: ReadingRoom): Read {
  const event = eventOf(notice);
  if (event === undefined) return nothing;
  const told: Told = {
    event,
    id: at(order, 'id'),
    occurredAt: at(order, 'updatedAt'),
    payout: { gross: at(order, 'amount'), currency: at(order, 'currency') },
    note: words(at(order, 'notes')) ?? undefined,
  };
  const how = { marketplace: 'Xola', timed: false };
  if (event === 'cancelled') return readTold(told, how, delivery, room);
  const listing = (item: unknown) => [
    at(item, 'experience', 'id'),
    at(item, 'experience', 'name'),
    at(item, 'name'),
  ];
  const one = oneTrip(listOf(at(order, 'items')), listing, room);
  if ('problems' in one) return one;
  const { item } = one;
  const trip = {
    listing: listing(item),
    start: startOf(at(item, 'arrival'), at(item, 'arrivalTime')),
    end:
      at(item, 'experience', 'duration') === undefined
        ? undefined
        : { minutes: at(item, 'experience', 'duration') },
    guest: {
      name: at(order, 'customerName'),
      email: at(order, 'customerEmail'),
      phone: at(order, 'phone'),
    },
    passengers: at(item, 'quantity') ?? null,
  };
  return readTold({ ...told, trip }, how, delivery, room);
}

/** `2027-05-30` and 1630 make `2027-05-30T16:30`; anything else is handed on to be refused. */
function startOf(day: unknown, clock: unknown): unknown {
  const digits = words(clock)?.padStart(4, '0') ?? '';
  const date = words(day)?.slice(0, 10) ?? '';
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && /^\d{4}$/.test(digits)
    ? `${date}T${digits.slice(0, 2)}:${digits.slice(2)}`
    : undefined;
}

const events: Readonly<Record<string, Told['event']>> = {
  'order.create': 'created',
  'order.update': 'changed',
  'order.cancel': 'cancelled',
  'order.rollback': 'cancelled',
};
