import { keep, shardOf } from '#platform/indexed.ts';
import type { Place, TableReader, Unit } from '#platform/table.ts';
import type { Booking, BookingId, ExternalName } from './booking.ts';
import type { Heard } from './booking-store.ts';
import type { Message } from './message.ts';
import { wordsOf } from './search-words.ts';

/** A booking as it is stored. Without one (revision 0) only its end is known: cancelled before created. */
export type Row = {
  readonly id: BookingId;
  readonly booking: Booking | null;
  readonly revision: number;
  readonly fulfilledRevision: number;
  /** ISO 8601 UTC, as all instants here. */
  readonly firstAt: string;
  readonly absorbedBy: BookingId | null;
  readonly forgottenAt: string | null;
  readonly erased: boolean;
  /** How many messages it has heard. */
  readonly heard: number;
};

export const newRow = (id: BookingId, firstAt: string): Row => ({
  id,
  booking: null,
  revision: 0,
  fulfilledRevision: 0,
  firstAt,
  absorbedBy: null,
  forgottenAt: null,
  erased: false,
  heard: 0,
});

export const padded = (count: number) => String(count).padStart(8, '0');

export const rowAt = (id: string): Place => ({ pk: `BOOKING#${id}`, sk: '-' });
export const revisionAt = (id: string, revision: number): Place => ({
  pk: `BOOKING#${id}`,
  sk: `REVISION#${padded(revision)}`,
});
const nameAt = ({ source, externalId }: ExternalName): Place => ({
  pk: `NAME#${JSON.stringify([source, externalId])}`,
  sk: '-',
});
/** Where it lies which booking heard a message. */
export const messageAt = (source: string, messageId: string): Place => ({
  pk: `HEARD#${JSON.stringify([source, messageId])}`,
  sk: '-',
});
const wordAt = (word: string, id: string): Place => ({ pk: `WORD#${word.slice(0, 2)}`, sk: `${word} ${id}` });

export const rowOf = (from: TableReader, id: string) => from.get<Row>(rowAt(id));

/** The row that an id leads to: its own, or that of the booking it was absorbed into. */
export async function leadsTo(from: TableReader, id: BookingId | null): Promise<Row | null> {
  const row = id === null ? null : await rowOf(from, id);
  return row?.absorbedBy ? rowOf(from, row.absorbedBy) : row;
}

export const rowNamed = async (from: TableReader, name: ExternalName): Promise<Row | null> =>
  leadsTo(from, await from.get<BookingId>(nameAt(name)));

export const rowThatHeard = async (from: TableReader, source: string, messageId: string) =>
  leadsTo(from, await from.get<BookingId>(messageAt(source, messageId)));

export const absorbedInto = async (from: TableReader, id: string): Promise<BookingId[]> =>
  (await from.list<Row>({ pk: `ABSORBED#${id}` })).map(({ value }) => value.id);

/** Its own messages and those of the bookings it absorbed, in the order in which they were heard. */
export async function messagesOf(from: TableReader, id: string): Promise<Heard[]> {
  const ids = [id, ...(await absorbedInto(from, id))];
  const heard = await Promise.all(
    ids.map(each => from.list<Heard>({ pk: `BOOKING#${each}`, prefix: 'HEARD#' })),
  );
  const all = heard.flat().map(({ value }) => value);
  return all.sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : 0));
}

export const nameIt = (unit: Unit, name: ExternalName, id: BookingId) => unit.put(nameAt(name), id);

/** Adds a message to a row's history; the row is to be saved with what is returned. */
export function hear(unit: Unit, row: Row, heard: Heard): Row {
  const { source, messageId } = heard.message;
  unit.put({ pk: `BOOKING#${row.id}`, sk: `HEARD#${padded(row.heard)}` }, heard);
  unit.put(messageAt(source, messageId), row.id);
  return { ...row, heard: row.heard + 1 };
}

/** Takes messages out of a booking's own history; returns them as they were heard. */
export async function stopHearing(unit: Unit, id: string, messages: readonly Message[]): Promise<Heard[]> {
  const names = new Set(messages.map(({ source, messageId }) => JSON.stringify([source, messageId])));
  const heard = await unit.list<Heard>({ pk: `BOOKING#${id}`, prefix: 'HEARD#' });
  const theirs = heard.filter(({ value: { message } }) =>
    names.has(JSON.stringify([message.source, message.messageId])),
  );
  for (const { sk } of theirs) unit.remove({ pk: `BOOKING#${id}`, sk });
  return theirs.map(({ value }) => value);
}

/** Stores a row with everything that leads to it; its revision stays in its history. */
export async function saveRow(unit: Unit, row: Row): Promise<void> {
  const before = await unit.get<Row>(rowAt(row.id));
  await keep(unit, rowAt(row.id), row, entries);
  if (row.booking) unit.put(revisionAt(row.id, row.revision), row.booking);
  const [had, has] = [before, row].map(each => new Set(each?.booking ? wordsOf(each.booking) : []));
  for (const word of has ?? []) if (!had?.has(word)) unit.put(wordAt(word, row.id), row.id);
  for (const word of had ?? []) if (!has?.has(word)) unit.remove(wordAt(word, row.id));
  await count(unit, row.id, Number(isCounted(row)) - Number(before !== null && isCounted(before)));
}

/** Where bookings are found by the beginning of a word of two letters or more. */
export const wordStretch = (beginning: string) => ({
  pk: `WORD#${beginning.slice(0, 2)}`,
  prefix: beginning,
});

export const countParts = 16;
export const countAt = (part: number): Place => ({ pk: `BOOKING-COUNT#${part}`, sk: '-' });

async function count(unit: Unit, id: string, more: number): Promise<void> {
  if (more === 0) return;
  const place = countAt((id.charCodeAt(id.length - 1) + id.charCodeAt(id.length - 2)) % countParts);
  unit.put(place, ((await unit.get<number>(place)) ?? 0) + more);
}

const isCounted = ({ revision, absorbedBy }: Row) => revision > 0 && absorbedBy === null;

function entries(row: Row): readonly Place[] {
  const { id, booking, revision, fulfilledRevision, firstAt, absorbedBy, forgottenAt, erased } = row;
  const shard = shardOf(id);
  const places: Place[] = [];
  const add = (pk: string, sk: string) => void places.push({ pk: `${pk}#${shard}`, sk });
  if (booking && absorbedBy === null) {
    const byStart = `${booking.start.at}#${id}`;
    add('BOOKINGS', byStart);
    add(`BOOKINGS-IN#${booking.status}`, byStart);
    add(`BOOKINGS-ON#${booking.vessel}`, byStart);
  }
  if (booking && revision > fulfilledRevision) add('UNFULFILLED', `${booking.recordedAt}#${id}`);
  if (!erased) {
    add(booking ? 'TO-ERASE' : 'TO-ERASE-UNBORN', `${booking?.start.at ?? firstAt}#${id}`);
    if (forgottenAt !== null) add('HALF-ERASED', id);
  }
  if (absorbedBy !== null) places.push({ pk: `ABSORBED#${absorbedBy}`, sk: id });
  return places;
}
