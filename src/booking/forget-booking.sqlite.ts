import { opened, sealed } from '#lib/sealed.ts';
import type { Transaction } from '#platform/sqlite.ts';
import type { Booking, BookingId } from './booking.ts';
import { absorbedInto, bookingOf, rowOf } from './booking-rows.sqlite.ts';
import type { Message } from './message.ts';
import { save } from './record-message.sqlite.ts';
import { messageWithoutGuest, withoutGuest } from './without-guest.ts';

/** What `BookingStore.forget` does, inside one transaction. */
export function forgetIn(tx: Transaction, id: BookingId, now: string): void {
  for (const one of [id, ...absorbedInto(tx, id)]) forgetOne(tx, one, now);
}

function forgetOne(tx: Transaction, id: BookingId, now: string): void {
  const row = rowOf(tx, id);
  if (!row) return;
  if (row.forgottenAt !== null) {
    tx.run('UPDATE bookings SET erased = 0 WHERE id = ?', id);
    return;
  }
  const booking = bookingOf(row);
  if (booking) save(tx, withoutGuest(booking, now), { fulfilled: true });
  rewrite<Booking>(tx, 'booking_revisions', id, revision => withoutGuest(revision, now));
  rewrite<Message>(tx, 'booking_messages', id, messageWithoutGuest);
  tx.run('UPDATE bookings SET forgottenAt = ? WHERE id = ?', now, id);
}

function rewrite<Body extends object>(
  tx: Transaction,
  table: 'booking_revisions' | 'booking_messages',
  id: BookingId,
  edit: (body: Body) => Body,
): void {
  const rows = tx.all<{ place: number; body: string }>(
    `SELECT rowid AS place, body FROM ${table} WHERE booking = ?`,
    id,
  );
  for (const { place, body } of rows) {
    tx.run(`UPDATE ${table} SET body = ? WHERE rowid = ?`, sealed(edit(opened<Body>(body))), place);
  }
}
