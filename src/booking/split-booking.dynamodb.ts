import { newId, type Random } from '#lib/random.ts';
import type { TableReader, Unit } from '#platform/table.ts';
import type { Booking, BookingId } from './booking.ts';
import {
  absorbedInto,
  hear,
  messagesOf,
  nameIt,
  newRow,
  type Row,
  rowOf,
  saveRow,
  stopHearing,
} from './booking-rows.dynamodb.ts';
import type { Split } from './booking-store.ts';
import type { Judge } from './draft.ts';
import { fold } from './fold.ts';
import { deskName } from './message.ts';
import { dividedBy, type Part, partsOf, type SplitWord, wordsOfSplit } from './parts.ts';
import { became } from './record-message.dynamodb.ts';
import { judgedBoth, take } from './take-message.ts';

const heardOf = async (from: TableReader, id: BookingId) =>
  (await messagesOf(from, id)).map(({ message }) => message);

/** What `BookingStore.parts` reads. */
export async function partsIn(from: TableReader, id: BookingId): Promise<readonly Part[]> {
  const messages = await heardOf(from, id);
  const absorbed = (await absorbedInto(from, id)).map(async each => ({
    id: each,
    names: await namesBefore(from, each),
  }));
  return partsOf(messages, fold(messages).names, await Promise.all(absorbed));
}

/** The names a booking had before it became part of another. */
async function namesBefore(from: TableReader, id: BookingId) {
  const revisions = await from.list<Booking>({ pk: `BOOKING#${id}`, prefix: 'REVISION#' });
  return revisions.findLast(({ value }) => value.names.length > 0)?.value.names ?? [];
}

/** What `BookingStore.split` does, inside one unit. */
export async function splitIn(
  unit: Unit,
  { id, part, word }: { id: BookingId; part: Part; word: SplitWord },
  judge: Judge,
  { random, now }: { random: Random; now: string },
): Promise<Split> {
  const row = await rowOf(unit, id);
  if (!row) throw new Error('there is no such booking');
  const other = (part.was && (await rowOf(unit, part.was))) || newRow(part.was ?? newId(random, 'bkg'), now);
  const { goes, stays } = dividedBy(part, await heardOf(unit, id));
  const words = wordsOfSplit(part, { id, names: row.booking?.names ?? [] }, other.id, word);
  const judged = judgedBoth(judge, [
    { said: [...stays, words.stays], before: row.booking },
    { said: [...goes, words.goes], before: other.booking },
  ]);
  if (judged.kind === 'refused') return judged;

  // What the other had heard by itself lies with it already; what came in since lies here.
  let parted: Row = { ...other, absorbedBy: null };
  for (const heard of await stopHearing(unit, id, goes)) parted = hear(unit, parted, heard);
  for (const name of [...part.names, deskName(other.id)]) nameIt(unit, name, other.id);
  const become = async (which: Row, at: 0 | 1): Promise<Booking> => {
    const message = at === 0 ? words.stays : words.goes;
    const { recorded, save } = take({
      id: which.id,
      before: which.booking,
      isQuiet: which.revision === which.fulfilledRevision,
      judgement: judged.judgements[at],
      absorbed: [],
      now,
    });
    await saveRow(unit, {
      ...hear(unit, which, { message, recordedAt: now }),
      ...(save ? became(which, save) : {}),
    });
    if (!recorded.booking) throw new Error('a part of a booking is no booking');
    return recorded.booking;
  };
  return { kind: 'split', booking: await become(row, 0), other: await become(parted, 1) };
}
