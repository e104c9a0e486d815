import { type Clock, isoInstant } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import { along, listSpread } from '#platform/indexed.ts';
import type { Place, Placed, Stretch, Table } from '#platform/table.ts';
import type { Booking, BookingId } from './booking.ts';
import {
  absorbedInto,
  countAt,
  countParts,
  leadsTo,
  messagesOf,
  type Row,
  revisionAt,
  rowAt,
  rowNamed,
  rowOf,
  saveRow,
  wordStretch,
} from './booking-rows.dynamodb.ts';
import type { BookingFilter, BookingStore, Heard } from './booking-store.ts';
import { recordIn } from './record-message.dynamodb.ts';
import { words, wordsOf } from './search-words.ts';
import { partsIn, splitIn } from './split-booking.dynamodb.ts';
import { messageWithoutGuest, withoutGuest } from './without-guest.ts';

/** Bookings in a table: one partition each with its revisions and messages, and lists along start, status and vessel. */
export function dynamoBookingStore(table: Table, house: { clock: Clock; random: Random }): BookingStore {
  const now = () => isoInstant(house.clock.now());
  const bookingsIn = (rows: readonly Placed<Row>[]) => rows.flatMap(({ value }) => value.booking ?? []);
  const change = (id: string, edit: (row: Row) => Row | null) =>
    table.unit(async unit => {
      const row = await rowOf(unit, id);
      const after = row && edit(row);
      if (after) await saveRow(unit, after);
    });
  const spread = (stretch: Stretch) => listSpread<Row>(table, stretch);

  return {
    record: (message, judge) =>
      table.unit(unit => recordIn(unit, message, judge, { random: house.random, now: now() })),
    parts: id => partsIn(table, id),
    split: (id, part, word, judge) =>
      table.unit(unit => splitIn(unit, { id, part, word }, judge, { random: house.random, now: now() })),
    find: async id => (await rowOf(table, id))?.booking ?? null,
    at: (id, revision) => table.get<Booking>(revisionAt(id, revision)),
    byName: async (source, externalId) => (await rowNamed(table, { source, externalId }))?.booking ?? null,
    async list(filter) {
      const sought = words(filter.text ?? '');
      const fits = await fitting(filter, sought);
      const found: Booking[] = [];
      for await (const booking of await candidates(filter, sought)) {
        if (fits(booking)) found.push(booking);
        if (found.length === (filter.limit ?? 100)) break;
      }
      return found;
    },
    messages: async id => ((await rowOf(table, id))?.absorbedBy === null ? messagesOf(table, id) : []),
    unfulfilled: async limit => bookingsIn(await spread({ pk: 'UNFULFILLED', limit })),
    markFulfilled: (id, revision) =>
      change(id, row =>
        row.fulfilledRevision < revision && row.revision >= revision
          ? { ...row, fulfilledRevision: revision }
          : null,
      ),
    async forget(id) {
      for (const one of [id, ...(await absorbedInto(table, id))]) await forgetOne(one);
    },
    async markErased(id) {
      for (const one of [id, ...(await absorbedInto(table, id))])
        await change(one, row => (row.forgottenAt === null ? null : { ...row, erased: true }));
    },
    async toErase(overBefore, limit) {
      const found = new Set<BookingId>(
        (await spread({ pk: 'HALF-ERASED', limit })).map(({ value }) => value.id),
      );
      // No trip begins after its end: whatever began later is not over either.
      for await (const { value } of along(spread, { pk: 'TO-ERASE', to: overBefore })) {
        if (found.size >= limit) break;
        if (value.booking && value.booking.end.at < overBefore) found.add(value.id);
      }
      const unborn = await spread({ pk: 'TO-ERASE-UNBORN', to: overBefore, limit });
      for (const { value } of unborn) if (value.firstAt < overBefore) found.add(value.id);
      return [...found].slice(0, limit);
    },
    async count() {
      const parts = Array.from({ length: countParts }, (_, part) => table.get<number>(countAt(part)));
      return (await Promise.all(parts)).reduce<number>((sum, part) => sum + (part ?? 0), 0);
    },
  };

  /** The row first, so that nothing that comes in from then on is kept; then its history, in pieces a crash may part. */
  async function forgetOne(id: BookingId): Promise<void> {
    await change(id, row => {
      const forgottenAt = row.forgottenAt ?? now();
      const booking = row.booking && withoutGuest(row.booking, forgottenAt);
      const fulfilledRevision = row.forgottenAt === null ? row.revision : row.fulfilledRevision;
      return { ...row, booking, forgottenAt, erased: false, fulfilledRevision };
    });
    const forgottenAt = (await rowOf(table, id))?.forgottenAt;
    if (!forgottenAt) return;
    const { pk } = rowAt(id);
    await rewrite<Booking>({ pk, prefix: 'REVISION#' }, revision => withoutGuest(revision, forgottenAt));
    await rewrite<Heard>({ pk, prefix: 'HEARD#' }, heard => ({
      ...heard,
      message: messageWithoutGuest(heard.message),
    }));
  }

  async function rewrite<T>(stretch: Stretch, edit: (value: T) => T): Promise<void> {
    for await (const { sk } of along(each => table.list<T>(each), stretch)) {
      const place: Place = { pk: stretch.pk, sk };
      await table.unit(async unit => {
        const value = await unit.get<T>(place);
        if (value !== null) unit.put(place, edit(value));
      });
    }
  }

  /** Everything that may fit, in the order asked for: what a rare word leads to, or the narrowest list. */
  async function candidates(
    filter: BookingFilter,
    sought: readonly string[],
  ): Promise<Iterable<Booking> | AsyncIterable<Booking>> {
    const { latestFirst = false, vessel, status, from, to } = filter;
    const [longest = ''] = sought.toSorted((a, b) => b.length - a.length);
    if (longest.length > 1) {
      const hits = await table.list<BookingId>({ ...wordStretch(longest), limit: rareWord + 1 });
      if (hits.length <= rareWord) {
        const ids = [...new Set(hits.map(({ value }) => value))];
        const rows = await Promise.all(ids.map(id => rowOf(table, id)));
        const found = rows.flatMap(row => (row?.booking && row.absorbedBy === null ? [row.booking] : []));
        found.sort((a, b) => (startKey(a) < startKey(b) ? -1 : 1));
        return latestFirst ? found.reverse() : found;
      }
    }
    const pk = vessel ? `BOOKINGS-ON#${vessel}` : status ? `BOOKINGS-IN#${status}` : 'BOOKINGS';
    const rows = along<Row>(spread, {
      pk,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      descending: latestFirst,
    });
    return bookingsAlong(rows);
  }

  async function fitting(
    filter: BookingFilter,
    sought: readonly string[],
  ): Promise<(booking: Booking) => boolean> {
    const { from, to, status, vessel, after, latestFirst } = filter;
    const last = after === undefined ? null : ((await leadsTo(table, after))?.booking ?? null);
    return booking =>
      (from === undefined || booking.start.at >= from) &&
      (to === undefined || booking.start.at < to) &&
      (status === undefined || booking.status === status) &&
      (vessel === undefined || booking.vessel === vessel) &&
      (last === null || startKey(booking) > startKey(last) !== (latestFirst ?? false)) &&
      booking.id !== last?.id &&
      sought.every(beginning => wordsOf(booking).some(word => word.startsWith(beginning)));
  }
}

/** Above so many hits a word is no help: the list is full sooner by going along the bookings themselves. */
const rareWord = 200;

const startKey = ({ start, id }: Booking) => `${start.at}#${id}`;

async function* bookingsAlong(rows: AsyncIterable<Placed<Row>>): AsyncGenerator<Booking> {
  for await (const { value } of rows) if (value.booking) yield value.booking;
}
