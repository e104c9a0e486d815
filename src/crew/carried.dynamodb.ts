import { type CarriedByTable, putAll, rest } from '#platform/carried.ts';
import { keep } from '#platform/indexed.ts';
import type { CarriedEvent, CarriedRequest } from './carried.ts';
import type { AuditEntry } from './crew.ts';
import {
  type EventRow,
  eventEntries,
  eventOfBooking,
  eventRowAt,
  lineAt,
  type Request,
  requestAt,
  toldAt,
} from './crew-store.dynamodb.ts';
import type { Told } from './told.ts';

export const tableEvents: CarriedByTable<CarriedEvent> = {
  word: 'EVENT',
  async of(table, { pk, sk, value }) {
    if (sk !== eventRowAt('').sk) return null;
    const { event, toTell } = value as EventRow;
    const under = async <T>(prefix: string) => (await table.list<T>({ pk, prefix })).map(each => each.value);
    return { event, toTell, audit: await under<AuditEntry>('LINE#'), told: await under<Told>('TOLD#') };
  },
  async put(table, { event, toTell, audit, told }) {
    await putAll(table, [
      ...audit.map((value, line) => ({ place: lineAt(event.id, line), value })),
      ...told.map(value => ({ place: toldAt(value), value })),
    ]);
    await table.unit(async unit => {
      if (event.booking) unit.put(eventOfBooking(event.booking), event.id);
      const row: EventRow = { event, toTell, lines: audit.length };
      await keep(unit, eventRowAt(event.id), row, eventEntries);
    });
  },
};

export const tableRequests: CarriedByTable<CarriedRequest> = {
  word: 'EVENT-ASKED',
  of: async (_, { pk, value }) => ({ key: rest(pk, 1), ...(value as Request) }),
  put: (table, { key, ...request }) => table.unit(async unit => unit.put(requestAt(key), request)),
};
