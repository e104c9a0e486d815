import type { Adapter } from '#intake/adapter.ts';
import { at, listOf, words } from '#intake/at-path.ts';
import { nothing, oneTrip, readTold, statusUnknown, type Told } from './told.ts';

/**
 * Checkfront: JSON, XML or a form with the same members, unsigned. Amounts are texts like `"48.30"`, times are epochs as
 * texts, an empty value is `{}`, and a single item is not a list. An item is counted in units that need not be people.
 * https://api.checkfront.com/ref/notifications.html
 */
export const checkfront: Adapter = {
  proof: null,
  media: ['json', 'xml', 'form'],
  times: null,
  naming: 'arrival',
  api: null,
  read(sent, delivery, room) {
    const booking = (...path: string[]) => at(sent, 'booking', ...path);
    // Payments and items are told of by the same webhook.
    if (booking() === undefined) return nothing;
    const status = words(booking('status'));
    const standing = status === null ? undefined : standings[status];
    if (!standing) return statusUnknown(status, marketplace);
    const told: Told = {
      ...standing,
      id: booking('code'),
      payout: {
        gross: words(booking('order', 'total')) ?? undefined,
        currency: words(booking('order', '@attributes', 'currency_id')) ?? undefined,
      },
      note:
        [booking('meta', 'note'), booking('fields', 'request')].map(words).filter(Boolean).join('\n') ||
        undefined,
    };
    const how = { marketplace, timed: false };
    if (standing.event === 'cancelled') return readTold(told, how, delivery, room);
    const listing = (item: unknown) => [
      at(item, 'sku'),
      at(item, '@attributes', 'item_id'),
      at(item, 'name'),
    ];
    const one = oneTrip(listOf(booking('order', 'items', 'item')), listing, room);
    if ('problems' in one) return one;
    const { item } = one;
    const time = (field: 'start_date' | 'end_date') =>
      words(at(item, field)) ?? words(booking(field)) ?? undefined;
    const trip = {
      listing: listing(item),
      start: time('start_date'),
      end: time('end_date'),
      guest: {
        name: booking('customer', 'name'),
        email: booking('customer', 'email'),
        phone: booking('customer', 'phone'),
      },
      passengers: null,
      quantity: at(item, 'qty'),
      answers: ['fields', 'meta'].flatMap(group =>
        Object.entries((booking(group) as object | undefined) ?? {}),
      ),
    };
    return readTold({ ...told, trip }, how, delivery, room);
  },
};

const marketplace = 'Checkfront';

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
