import { type CarriedByTable, carriedItems, putAll, rest } from '#platform/carried.ts';
import type { Table } from '#platform/table.ts';
import type { Booking, BookingId } from './booking.ts';
import {
  leadsTo,
  messageAt,
  messagesOf,
  nameIt,
  newRow,
  padded,
  type Row,
  revisionAt,
  rowAt,
  saveRow,
} from './booking-rows.dynamodb.ts';
import { type CarriedBooking, type CarriedName, standingOf } from './carried.ts';
import { claimAt, claimEntries } from './claims.dynamodb.ts';
import type { Claim } from './claims.ts';
import { settlementAt } from './settlements.dynamodb.ts';
import type { Settlement } from './settlements.ts';

const all = async <T>(table: Table, pk: string, prefix: string) =>
  (await table.list<T>({ pk, prefix })).map(({ value }) => value);

export const tableBookings: CarriedByTable<CarriedBooking> = {
  word: 'BOOKING',
  async of(table, { pk, sk, value }) {
    if (sk !== rowAt('').sk) return null;
    const { booking: _, heard: __, ...row } = value as Row;
    return {
      ...row,
      revisions: await all<Booking>(table, pk, 'REVISION#'),
      heard: row.absorbedBy === null ? await messagesOf(table, row.id) : [],
    };
  },
  async put(table, it) {
    const { revisions, heard, ...row } = it;
    await putAll(table, [
      ...revisions.map(each => ({ place: revisionAt(it.id, each.revision), value: each })),
      ...heard.flatMap((each, index) => [
        { place: { pk: rowAt(it.id).pk, sk: `HEARD#${padded(index)}` }, value: each },
        { place: messageAt(each.message.source, each.message.messageId), value: it.id },
      ]),
    ]);
    await table.unit(unit =>
      saveRow(unit, {
        ...newRow(it.id, it.firstAt),
        ...row,
        booking: standingOf(it),
        heard: heard.length,
      }),
    );
  },
};

export const tableNames: CarriedByTable<CarriedName> = {
  word: 'NAME',
  async of(table, { pk, value }) {
    const [source, externalId] = JSON.parse(rest(pk, 1)) as [string, string];
    const row = await leadsTo(table, value as BookingId);
    return { source, externalId, booking: row?.id ?? (value as BookingId) };
  },
  put: (table, { booking, ...name }) => table.unit(async unit => nameIt(unit, name, booking)),
};

export const tableClaims = carriedItems<Claim>({
  word: 'CLAIM',
  at: ({ what, holder }) => claimAt(what, holder),
  entries: claimEntries,
});

export const tableSettlements = carriedItems<Settlement>({
  word: 'SETTLEMENT',
  at: ({ conflict }) => settlementAt(conflict),
});
