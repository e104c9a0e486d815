import type { Adapter } from '#intake/adapter.ts';
import { at, listOf, words } from '#intake/at-path.ts';
import type { Delivery } from '#intake/inbox.ts';
import { hmacHeader } from '#intake/proofs.ts';
import type { Read, ReadingRoom } from '#intake/source.ts';
import { nothingToAskFor, pathPart } from '#intake/vendor-api.ts';
import { nothing, readTold, statusUnknown, type Told } from './told.ts';

/**
 * Square Bookings: signed over the address and the body. A webhook has the appointment without the guest's name, which is
 * asked for; versions order it, and a cancellation comes as an update. Nobody counts passengers there.
 * https://developer.squareup.com/docs/bookings-api/use-webhooks
 */
export const square: Adapter = {
  proof: hmacHeader('x-square-hmacsha256-signature', 'base64', {
    signed: ({ address, body }) => [address, body],
  }),
  media: ['json'],
  times: 'instant',
  naming: 'bytes',
  read: (sent, delivery, room) => read(bookingIn(sent), undefined, delivery, room),
  api: {
    isNeeded: true,
    needs: [],
    base: 'https://connect.squareup.com',
    ask(notice, { key }) {
      const booking = bookingIn(notice);
      // Without its name a cancelled appointment says all there is to know.
      if (booking === undefined || isCancelled(booking)) return 'nothing';
      const [id, customer] = [pathPart(at(booking, 'id')), pathPart(at(booking, 'customer_id'))];
      if (id === null) return nothingToAskFor('data.object.booking.id');
      if (customer === null) return nothingToAskFor('data.object.booking.customer_id');
      const headers = { authorization: `Bearer ${key}` };
      return [
        { path: `/v2/bookings/${id}`, headers },
        { path: `/v2/customers/${customer}`, headers },
      ];
    },
    read: ({ answers: [booking, customer] }, delivery, room) =>
      read(at(booking, 'booking'), at(customer, 'customer'), delivery, room),
  },
};

const marketplace = 'Square';

const bookingIn = (sent: unknown) => at(sent, 'data', 'object', 'booking');
const isCancelled = (booking: unknown) =>
  standings[words(at(booking, 'status')) ?? '']?.event === 'cancelled';

function read(booking: unknown, customer: unknown, delivery: Delivery, room: ReadingRoom): Read {
  if (booking === undefined) return nothing;
  const status = words(at(booking, 'status'));
  const standing = status === null ? undefined : standings[status];
  if (!standing) return statusUnknown(status, marketplace);
  const told: Told = {
    ...standing,
    id: at(booking, 'id'),
    version: at(booking, 'version'),
    occurredAt: at(booking, 'updated_at') ?? at(booking, 'created_at'),
    note:
      [at(booking, 'customer_note'), at(booking, 'seller_note')].map(words).filter(Boolean).join('\n') ||
      undefined,
  };
  const how = { marketplace, timed: true };
  if (standing.event === 'cancelled') return readTold(told, how, delivery, room);
  const segments = listOf(at(booking, 'appointment_segments'));
  const minutes = segments.map(segment => at(segment, 'duration_minutes'));
  const trip = {
    listing: segments.map(segment => at(segment, 'service_variation_id')),
    start: at(booking, 'start_at'),
    end: {
      minutes: minutes.every(length => typeof length === 'number')
        ? minutes.reduce((a, b) => a + b, 0)
        : 'none',
    },
    guest: {
      name: [words(at(customer, 'given_name')), words(at(customer, 'family_name'))].filter(Boolean).join(' '),
      email: at(customer, 'email_address'),
      phone: at(customer, 'phone_number'),
    },
    passengers: null,
  };
  return readTold({ ...told, trip }, how, delivery, room);
}

const standings: Readonly<Record<string, Pick<Told, 'event' | 'status'>>> = {
  ACCEPTED: { event: 'changed', status: 'confirmed' },
  NO_SHOW: { event: 'changed', status: 'confirmed' },
  PENDING: { event: 'changed', status: 'tentative' },
  CANCELLED_BY_CUSTOMER: { event: 'cancelled' },
  CANCELLED_BY_SELLER: { event: 'cancelled' },
  DECLINED: { event: 'cancelled' },
};
