import { canonicalJson } from '#lib/digest.ts';
import { newId, type Random } from '#lib/random.ts';
import type { Transaction } from '#platform/sqlite.ts';
import type { Booking, BookingId, ExternalName } from './booking.ts';
import { absorbedInto, bookingOf, idNamed, messagesOf, type Row, rowOf } from './booking-rows.sqlite.ts';
import type { Recorded } from './booking-store.ts';
import { type Judge, visible } from './draft.ts';
import { fold } from './fold.ts';
import { desk, deskName, type Message } from './message.ts';
import { wordsOf } from './search-words.ts';

export type Writing = { random: Random; now: string };

/** What `BookingStore.record` does, inside one transaction. */
export function recordIn(tx: Transaction, message: Message, judge: Judge, writing: Writing): Recorded {
  const heardBefore = tx.get<{ booking: BookingId }>(
    'SELECT booking FROM booking_messages WHERE source = ? AND messageId = ?',
    message.source,
    message.messageId,
  );
  if (heardBefore) return asItStands(tx, heardBefore.booking);

  const said = rowNamed(tx, message);
  if (said?.forgottenAt) return asItStands(tx, said.id);

  const names = namesIn(message).filter(name => !rowNamed(tx, name)?.forgottenAt);
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
  if (judgement.kind === 'withheld') return { kind: 'remembered', booking: before, absorbed };
  const { facts, brand, charterMode } = judgement;
  const revised = !before || visible(before) !== visible(facts);
  const booking: Booking = {
    id,
    revision: (before?.revision ?? 0) + (revised ? 1 : 0),
    ...(revised ? { brand, charterMode } : { brand: before.brand, charterMode: before.charterMode }),
    ...facts,
    recordedAt: revised ? writing.now : before.recordedAt,
  };
  const isOff = booking.status === 'cancelled';
  const wasOff = !before || before.status === 'cancelled';
  if (!before || canonicalJson(before) !== canonicalJson(booking)) {
    // A booking that was never on has nothing to withdraw: no surface may hear of it.
    save(tx, booking, { fulfilled: isOff && wasOff && isQuiet(kept) });
  }
  if (isOff && wasOff) return { kind: 'remembered', booking, absorbed };
  if (!revised) return { kind: 'unchanged', booking, absorbed };
  return { kind: isOff ? 'cancelled' : before ? 'changed' : 'created', booking, absorbed };
}

function asItStands(tx: Transaction, id: BookingId): Recorded {
  const booking = bookingOf(rowOf(tx, id));
  const absorbed = absorbedInto(tx, id);
  return booking && booking.status !== 'cancelled' && !booking.forgottenAt
    ? { kind: 'unchanged', booking, absorbed }
    : { kind: 'remembered', booking, absorbed };
}

const rowNamed = (tx: Transaction, name: ExternalName): Row | undefined => {
  const id = idNamed(tx, name);
  return id === null ? undefined : rowOf(tx, id);
};

/** Whether nothing about it waits to be made true. */
const isQuiet = (row: Row | undefined) => !row || row.revision === row.fulfilledRevision;

function namesIn({ source, externalId, replaces, sameAs }: Message): ExternalName[] {
  const names = [{ source, externalId }];
  if (replaces !== undefined) names.push({ source, externalId: replaces });
  if (sameAs) names.push(sameAs);
  return names;
}

/** The desk chooses the id of what it enters, so that it can name the booking before it exists. */
const newBookingId = (message: Message, random: Random): BookingId =>
  message.source === desk ? (message.externalId as BookingId) : newId(random, 'bkg');

/** The bookings that go by these names: one that people have seen before one they have not, then the eldest. */
function eldestFirst(tx: Transaction, names: readonly ExternalName[]): Row[] {
  const ids = new Set(names.map(name => idNamed(tx, name)));
  const rows = [...ids].flatMap(id => (id === null ? [] : (rowOf(tx, id) ?? [])));
  const key = (row: Row) => `${row.revision > 0 ? 0 : 1} ${row.firstAt} ${row.id}`;
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function absorb(tx: Transaction, row: Row, into: BookingId, now: string): void {
  tx.run('UPDATE booking_messages SET booking = ? WHERE booking = ?', into, row.id);
  tx.run('UPDATE booking_names SET booking = ? WHERE booking = ?', into, row.id);
  const booking = bookingOf(row);
  if (booking) {
    const ended: Booking = {
      ...booking,
      revision: booking.revision + 1,
      status: 'cancelled',
      names: [],
      recordedAt: now,
    };
    save(tx, booking.status === 'cancelled' ? { ...booking, names: [] } : ended, { fulfilled: false });
  }
  tx.run('UPDATE bookings SET absorbedBy = ? WHERE id = ? OR absorbedBy = ?', into, row.id, row.id);
}

/** Puts a booking in the place of what was there, at its revision, with the words it is found by. */
export function save(tx: Transaction, booking: Booking, how: { fulfilled: boolean }): void {
  const body = JSON.stringify(booking);
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

const insertRow = (tx: Transaction, id: BookingId, now: string) =>
  tx.run(
    "INSERT INTO bookings (id, revision, fulfilledRevision, firstAt, recordedAt, words) VALUES (?, 0, 0, ?, ?, '')",
    id,
    now,
    now,
  );

const insertMessage = (tx: Transaction, id: BookingId, message: Message, now: string) =>
  tx.run(
    'INSERT INTO booking_messages (source, messageId, booking, recordedAt, body) VALUES (?, ?, ?, ?, ?)',
    message.source,
    message.messageId,
    id,
    now,
    JSON.stringify(message),
  );
