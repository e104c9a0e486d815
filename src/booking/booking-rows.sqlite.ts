import { opened, openedOften } from '#lib/sealed.ts';
import type { Reader } from '#platform/sqlite.ts';
import type { Booking, BookingId, ExternalName } from './booking.ts';
import { desk, type Message } from './message.ts';

/** A row of `bookings`. Without a body (revision 0) it is a booking of which only its end is known: cancelled before created. */
export type Row = {
  id: BookingId;
  revision: number;
  fulfilledRevision: number;
  firstAt: string;
  words: string;
  body: string | null;
  forgottenAt: string | null;
};

export const rowOf = (from: Reader, id: BookingId) =>
  from.get<Row>(
    'SELECT id, revision, fulfilledRevision, firstAt, words, body, forgottenAt FROM bookings WHERE id = ?',
    id,
  );

const bookingIn = openedOften((booking: Booking) => booking);

export const bookingOf = (row: Pick<Row, 'body'> | undefined) => (row?.body ? bookingIn(row.body) : null);

export const findBooking = (from: Reader, id: BookingId) =>
  bookingOf(from.get<Pick<Row, 'body'>>('SELECT body FROM bookings WHERE id = ?', id));

export const idNamed = (from: Reader, { source, externalId }: ExternalName) =>
  from.get<{ booking: BookingId }>(
    'SELECT booking FROM booking_names WHERE source = ? AND externalId = ?',
    source,
    externalId,
  )?.booking ?? null;

export const messagesOf = (from: Reader, id: BookingId) =>
  from
    .all<{ body: string }>('SELECT body FROM booking_messages WHERE booking = ?', id)
    .map(row => opened<Message>(row.body));

/** What the desk alone said about it. */
export const deskMessagesOf = (from: Reader, id: BookingId) =>
  from
    .all<{ body: string }>('SELECT body FROM booking_messages WHERE booking = ? AND source = ?', id, desk)
    .map(row => opened<Message>(row.body));

export const absorbedInto = (from: Reader, id: BookingId) =>
  from.all<{ id: BookingId }>('SELECT id FROM bookings WHERE absorbedBy = ?', id).map(row => row.id);
