import type { Adapter } from '#intake/adapter.ts';
import { at, listOf, words } from '#intake/at-path.ts';
import type { Delivery } from '#intake/inbox.ts';
import type { Read, ReadingRoom } from '#intake/source.ts';
import { nothingToAskFor, pathPart } from '#intake/vendor-api.ts';
import { fromCents, nothing, readTold, statusUnknown, type Told } from './told.ts';

/**
 * OCTO, as Ventrata, Peek and others speak it: the booking with `utcUpdatedAt`, local times with their offset, one unit
 * item for each passenger, amounts in minor units. Not signed: the address carries a password. A hold ends by itself and nobody
 * tells us, so it is no booking until it is confirmed. https://docs.ventrata.com/capabilities/webhooks
 */
export const octo: Adapter = {
  proof: null,
  media: ['json'],
  times: 'instant',
  naming: 'arrival',
  read: (sent, delivery, room) => read(at(sent, 'booking'), delivery, room),
  api: {
    isNeeded: false,
    needs: ['base'],
    base: null,
    ask(notice, { key }) {
      const booking = at(notice, 'booking');
      if (booking === undefined) return 'nothing';
      const uuid = pathPart(at(booking, 'uuid'));
      if (uuid === null) return nothingToAskFor('booking.uuid');
      const headers = { authorization: `Bearer ${key}`, 'octo-capabilities': 'octo/pricing' };
      return [{ path: `/bookings/${uuid}`, headers }];
    },
    read: ({ answers: [booking] }, delivery, room) => read(booking, delivery, room),
  },
};

const marketplace = 'the reservation system';

function read(booking: unknown, delivery: Delivery, room: ReadingRoom): Read {
  const status = words(at(booking, 'status'));
  if (booking === undefined || booking === null || at(booking, 'testMode') === true) return nothing;
  const standing = status === null ? undefined : standings[status];
  if (!standing) return statusUnknown(status, marketplace);
  if (standing === 'not yet') return nothing;
  const contact = (field: string) => at(booking, 'contact', field);
  const told: Told = {
    ...standing,
    id: at(booking, 'uuid'),
    occurredAt: at(booking, 'utcUpdatedAt'),
    note: [at(booking, 'notes'), contact('notes')].map(words).filter(Boolean).join('\n') || undefined,
    payout: payoutOf(at(booking, 'pricing')),
  };
  const how = { marketplace, timed: false };
  if (standing.event === 'cancelled') return readTold(told, how, delivery, room);
  const names = [words(contact('firstName')), words(contact('lastName'))].filter(Boolean).join(' ');
  const trip = {
    listing: [
      at(booking, 'optionId'),
      at(booking, 'productId'),
      at(booking, 'product', 'internalName'),
      at(booking, 'product', 'title'),
    ],
    start: at(booking, 'availability', 'localDateTimeStart'),
    end: at(booking, 'availability', 'localDateTimeEnd'),
    guest: {
      name: words(contact('fullName')) ?? names,
      email: contact('emailAddress'),
      phone: contact('phoneNumber'),
    },
    passengers: listOf(at(booking, 'unitItems')).length || null,
  };
  return readTold({ ...told, trip }, how, delivery, room);
}

function payoutOf(pricing: unknown): Told['payout'] {
  if (pricing === undefined || pricing === null) return undefined;
  const precision = at(pricing, 'currencyPrecision');
  const digits = precision === 0 || precision === 3 ? precision : 2;
  return { gross: fromCents(at(pricing, 'retail'), digits), currency: at(pricing, 'currency') };
}

const standings: Readonly<Record<string, Pick<Told, 'event' | 'status'> | 'not yet'>> = {
  CONFIRMED: { event: 'changed', status: 'confirmed' },
  REDEEMED: { event: 'changed', status: 'confirmed' },
  PENDING: { event: 'changed', status: 'tentative' },
  CANCELLED: { event: 'cancelled' },
  EXPIRED: { event: 'cancelled' },
  REJECTED: { event: 'cancelled' },
  ON_HOLD: 'not yet',
};
