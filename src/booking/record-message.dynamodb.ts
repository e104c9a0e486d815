import type { Random } from '#lib/random.ts';
import type { Unit } from '#platform/table.ts';
import type { BookingId } from './booking.ts';
import {
  absorbedInto,
  hear,
  messagesOf,
  nameIt,
  newRow,
  type Row,
  rowNamed,
  rowOf,
  rowThatHeard,
  saveRow,
} from './booking-rows.dynamodb.ts';
import type { Recorded } from './booking-store.ts';
import type { Judge } from './draft.ts';
import { fold } from './fold.ts';
import { deskName, type Message } from './message.ts';
import { asItStands, byAge, endedByAnother, leadingHere, newBookingId, take } from './take-message.ts';

/** What `BookingStore.record` does, inside one unit. `now`: ISO 8601 UTC. */
export async function recordIn(
  unit: Unit,
  message: Message,
  judge: Judge,
  { random, now }: { random: Random; now: string },
): Promise<Recorded> {
  const heardBefore = await rowThatHeard(unit, message.source, message.messageId);
  if (heardBefore) return standing(unit, heardBefore);
  const said = await rowNamed(unit, message);
  if (said?.forgottenAt) return standing(unit, said);

  const heard = await heardBy(unit, message, said);
  const named = await Promise.all(
    leadingHere(message, () => heard).map(async name => ({
      name,
      row: await rowNamed(unit, name),
    })),
  );
  const alive = named.filter(({ row }) => !row?.forgottenAt);
  const rows = new Map(alive.flatMap(({ row }) => (row ? [[row.id, row] as const] : [])));
  const [kept, ...others] = [...rows.values()].sort(byAge);
  const all = (await Promise.all([...rows.keys()].map(id => messagesOf(unit, id)))).flat();
  const before = kept?.booking ?? null;
  const judgement = judge(fold([...all.map(each => each.message), message]), before);
  if (judgement.kind === 'refused') return { kind: 'refused', problems: judgement.problems };

  const row = kept ?? newRow(newBookingId(message, random), now);
  const absorbed = [...(kept ? await absorbedInto(unit, kept.id) : [])];
  for (const other of others) absorbed.push(...(await absorb(unit, other, row.id, now)));
  for (const { name } of alive) nameIt(unit, name, row.id);
  nameIt(unit, deskName(row.id), row.id);
  const { recorded, save } = take({
    id: row.id,
    before,
    isQuiet: row.revision === row.fulfilledRevision,
    judgement,
    absorbed,
    now,
  });
  await saveRow(unit, {
    ...hear(unit, row, { message, recordedAt: now }),
    ...(save ? became(row, save) : {}),
  });
  return recorded;
}

/** What was said before about the booking it names, where it claims that another name is the same. */
const heardBy = async (unit: Unit, { replaces, sameAs }: Message, said: Row | null) =>
  said && (replaces !== undefined || sameAs)
    ? (await messagesOf(unit, said.id)).map(({ message }) => message)
    : [];

const standing = async (unit: Unit, row: Row): Promise<Recorded> =>
  asItStands(row.booking, await absorbedInto(unit, row.id));

export const became = (
  row: Row,
  { booking, fulfilled }: { booking: NonNullable<Row['booking']>; fulfilled: boolean },
) => ({
  booking,
  revision: booking.revision,
  fulfilledRevision: fulfilled ? booking.revision : row.fulfilledRevision,
});

/** Its messages and names stay where they are and are found through it. Returns everything that has become the other. */
async function absorb(unit: Unit, row: Row, into: BookingId, now: string): Promise<BookingId[]> {
  const earlier = await absorbedInto(unit, row.id);
  for (const id of earlier) {
    const absorbed = await rowOf(unit, id);
    if (absorbed) await saveRow(unit, { ...absorbed, absorbedBy: into });
  }
  const ended = row.booking && endedByAnother(row.booking, now);
  await saveRow(unit, {
    ...row,
    absorbedBy: into,
    ...(ended ? became(row, { booking: ended, fulfilled: false }) : {}),
  });
  return [row.id, ...earlier];
}
