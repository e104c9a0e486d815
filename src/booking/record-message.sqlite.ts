import type { Random } from '#lib/random.ts';
import { sealed } from '#lib/sealed.ts';
import type { Transaction } from '#platform/sqlite.ts';
import type { Booking, BookingId, ExternalName } from './booking.ts';
import {
  absorbedInto,
  bookingOf,
  deskMessagesOf,
  findBooking,
  idNamed,
  messagesOf,
  type Row,
  rowOf,
} from './booking-rows.sqlite.ts';
import type { Recorded } from './booking-store.ts';
import type { Judge } from './draft.ts';
import { fold } from './fold.ts';
import { deskName, type Message } from './message.ts';
import { wordsOf } from './search-words.ts';
import { asItStands, byAge, endedByAnother, leadingHere, newBookingId, take } from './take-message.ts';

export type Writing = { random: Random; now: string };

/** What `BookingStore.record` does, inside one transaction. */
export function recordIn(tx: Transaction, message: Message, judge: Judge, writing: Writing): Recorded {
  const heardBefore = tx.get<{ booking: BookingId }>(
    'SELECT booking FROM booking_messages WHERE source = ? AND messageId = ?',
    message.source,
    message.messageId,
  );
  if (heardBefore) return standing(tx, heardBefore.booking);

  const said = rowNamed(tx, message);
  if (said?.forgottenAt) return standing(tx, said.id);

  const names = leadingHere(message, () => (said ? deskMessagesOf(tx, said.id) : [])).filter(
    name => !rowNamed(tx, name)?.forgottenAt,
  );
  const [kept, ...others] = eldestFirst(tx, names);
  const id = kept?.id ?? newBookingId(message, writing.random);
  const concerned = kept ? [kept, ...others] : [];
  const account = fold([...concerned.flatMap(row => messagesOf(tx, row.id)), message]);
  const before = bookingOf(kept);
  const judgement = judge(account, before);
  if (judgement.kind === 'refused') return { kind: 'refused', problems: judgement.problems };

  if (!kept) insertRow(tx, id, writing.now);
  for (const other of others) absorb(tx, other, id, writing.now);
  for (const name of [...names, deskName(id)]) {
    tx.run(
      'INSERT INTO booking_names (source, externalId, booking) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET booking = excluded.booking',
      name.source,
      name.externalId,
      id,
    );
  }
  insertMessage(tx, id, message, writing.now);

  const absorbed = absorbedInto(tx, id);
  const { recorded, save: saved } = take({
    id,
    before,
    isQuiet: isQuiet(kept),
    judgement,
    absorbed,
    now: writing.now,
  });
  if (saved) save(tx, saved.booking, saved);
  return recorded;
}

const standing = (tx: Transaction, id: BookingId): Recorded =>
  asItStands(findBooking(tx, id), absorbedInto(tx, id));

const rowNamed = (tx: Transaction, name: ExternalName): Row | undefined => {
  const id = idNamed(tx, name);
  return id === null ? undefined : rowOf(tx, id);
};

/** Whether nothing about it waits to be made true. */
export const isQuiet = (row: Row | undefined) => !row || row.revision === row.fulfilledRevision;

/** The bookings that go by these names. */
function eldestFirst(tx: Transaction, names: readonly ExternalName[]): Row[] {
  const ids = new Set(names.map(name => idNamed(tx, name)));
  return [...ids].flatMap(id => (id === null ? [] : (rowOf(tx, id) ?? []))).sort(byAge);
}

function absorb(tx: Transaction, row: Row, into: BookingId, now: string): void {
  tx.run('UPDATE booking_messages SET booking = ? WHERE booking = ?', into, row.id);
  tx.run('UPDATE booking_names SET booking = ? WHERE booking = ?', into, row.id);
  const booking = bookingOf(row);
  if (booking) save(tx, endedByAnother(booking, now), { fulfilled: false });
  tx.run('UPDATE bookings SET absorbedBy = ? WHERE id = ? OR absorbedBy = ?', into, row.id, row.id);
}

/** Puts a booking in the place of what was there, at its revision, with the words it is found by. */
export function save(tx: Transaction, booking: Booking, how: { fulfilled: boolean }): void {
  const body = sealed(booking);
  const found = wordsOf(booking);
  const before = rowOf(tx, booking.id)?.words;
  tx.run(
    `UPDATE bookings SET revision = ?, recordedAt = ?, status = ?, vessel = ?, startAt = ?, words = ?, body = ?,
       fulfilledRevision = max(fulfilledRevision, ?) WHERE id = ?`,
    booking.revision,
    booking.recordedAt,
    booking.status,
    booking.vessel,
    booking.start.at,
    found.join(' '),
    body,
    how.fulfilled ? booking.revision : 0,
    booking.id,
  );
  tx.run(
    'INSERT INTO booking_revisions (booking, revision, body) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body',
    booking.id,
    booking.revision,
    body,
  );
  if (before === found.join(' ')) return;
  for (const word of before?.split(' ') ?? []) {
    tx.run('DELETE FROM booking_words WHERE word = ? AND booking = ?', word, booking.id);
  }
  for (const word of found)
    tx.run('INSERT INTO booking_words (word, booking) VALUES (?, ?)', word, booking.id);
}

export const insertRow = (tx: Transaction, id: BookingId, now: string) =>
  tx.run(
    "INSERT INTO bookings (id, revision, fulfilledRevision, firstAt, recordedAt, words) VALUES (?, 0, 0, ?, ?, '')",
    id,
    now,
    now,
  );

export const insertMessage = (tx: Transaction, id: BookingId, message: Message, now: string) =>
  tx.run(
    'INSERT INTO booking_messages (source, messageId, booking, recordedAt, body) VALUES (?, ?, ?, ?, ?)',
    message.source,
    message.messageId,
    id,
    now,
    sealed(message),
  );
