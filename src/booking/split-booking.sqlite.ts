import { newId } from '#lib/random.ts';
import { opened } from '#lib/sealed.ts';
import type { Reader, Transaction } from '#platform/sqlite.ts';
import type { Booking, BookingId } from './booking.ts';
import { absorbedInto, bookingOf, findBooking, messagesOf, rowOf } from './booking-rows.sqlite.ts';
import type { Split } from './booking-store.ts';
import type { Judge } from './draft.ts';
import { fold } from './fold.ts';
import { deskName, type Message } from './message.ts';
import { dividedBy, type Part, partsOf, type SplitWord, wordsOfSplit } from './parts.ts';
import { insertMessage, insertRow, isQuiet, save, type Writing } from './record-message.sqlite.ts';
import { judgedBoth, take } from './take-message.ts';

/** What `BookingStore.parts` reads. */
export function partsIn(from: Reader, id: BookingId): readonly Part[] {
  const messages = messagesOf(from, id);
  const absorbed = absorbedInto(from, id).map(each => ({ id: each, names: namesBefore(from, each) }));
  return partsOf(messages, fold(messages).names, absorbed);
}

/** The names a booking had before it became part of another. */
const namesBefore = (from: Reader, id: BookingId) =>
  from
    .all<{ body: string }>('SELECT body FROM booking_revisions WHERE booking = ? ORDER BY revision DESC', id)
    .map(({ body }) => opened<Booking>(body).names)
    .find(names => names.length > 0) ?? [];

/** What `BookingStore.split` does, inside one transaction. */
export function splitIn(
  tx: Transaction,
  { id, part, word }: { id: BookingId; part: Part; word: SplitWord },
  judge: Judge,
  { random, now }: Writing,
): Split {
  const before = findBooking(tx, id);
  const other = part.was ?? newId(random, 'bkg');
  const otherBefore = findBooking(tx, other);
  const words = wordsOfSplit(part, { id, names: before?.names ?? [] }, other, word);
  const { goes, stays } = dividedBy(part, messagesOf(tx, id));
  const judged = judgedBoth(judge, [
    { said: [...stays, words.stays], before },
    { said: [...goes, words.goes], before: otherBefore },
  ]);
  if (judged.kind === 'refused') return judged;

  if (part.was) tx.run('UPDATE bookings SET absorbedBy = NULL WHERE id = ?', other);
  else insertRow(tx, other, now);
  for (const { source, messageId } of goes)
    tx.run(
      'UPDATE booking_messages SET booking = ? WHERE source = ? AND messageId = ?',
      other,
      source,
      messageId,
    );
  for (const name of [...part.names, deskName(other)])
    tx.run(
      'INSERT INTO booking_names (source, externalId, booking) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET booking = excluded.booking',
      name.source,
      name.externalId,
      other,
    );
  const become = (which: BookingId, message: Message, at: 0 | 1): Booking => {
    const row = rowOf(tx, which);
    insertMessage(tx, which, message, now);
    const { recorded, save: saved } = take({
      id: which,
      before: bookingOf(row),
      isQuiet: isQuiet(row),
      judgement: judged.judgements[at],
      absorbed: [],
      now,
    });
    if (saved) save(tx, saved.booking, saved);
    if (!recorded.booking) throw new Error('a part of a booking is no booking');
    return recorded.booking;
  };
  return { kind: 'split', booking: become(id, words.stays, 0), other: become(other, words.goes, 1) };
}
