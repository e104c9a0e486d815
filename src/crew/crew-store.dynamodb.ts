import { exact, isoInstant } from '#lib/clock.ts';
import { epochOf } from '#lib/zoned.ts';
import { keep, listSpread, shardOf } from '#platform/indexed.ts';
import type { Table, TableReader, Unit } from '#platform/table.ts';
import { type AuditEntry, type CrewEvent, type CrewEventId, completed } from './crew.ts';
import type { CrewStore, Edited } from './crew-store.ts';
import type { Told } from './told.ts';

/** An event as it is stored: with what it lacks for the crew to know it, and how many lines its history has. */
export type EventRow = { event: CrewEvent; toTell: boolean; lines: number };
/** A request that was answered, and with which event. */
export type Request = { digest: string; event: CrewEventId };

/** Crew events in a table: one partition an event with its history and what each person was told. */
export function dynamoCrewStore(table: Table): CrewStore {
  const inOrder = (rows: readonly { value: EventRow }[]) => rows.map(({ value }) => completed(value.event));
  const change = (
    id: CrewEventId,
    edit: (row: EventRow) => EventRow | null,
    entriesOf: () => readonly AuditEntry[],
    once?: string,
  ) =>
    table.unit(async unit => {
      const before = await unit.get<EventRow>(eventRowAt(id));
      if (!before || (once && (await unit.get<Request>(requestAt(once))))) return before;
      const after = edit({ ...before, event: completed(before.event) });
      if (once) unit.put(requestAt(once), { digest: 'pressed', event: id });
      if (after) await save(unit, after, entriesOf());
      return after ?? before;
    });

  return {
    add: (edited, once) =>
      table.unit(async unit => {
        const { event } = edited;
        const asked = once && (await unit.get<Request>(requestAt(once.key)));
        if (once && asked) {
          if (asked.digest !== once.digest) return { kind: 'key-reused' };
          const made = await eventAt(unit, asked.event);
          if (!made) throw new Error('a request points at an event that is not there');
          return { kind: 'known', event: made, by: 'request' };
        }
        const known = event.booking && (await unit.get<CrewEventId>(eventOfBooking(event.booking)));
        const knownEvent = known && (await eventAt(unit, known));
        if (knownEvent) return { kind: 'known', event: knownEvent, by: 'booking' };
        if (event.booking) unit.put(eventOfBooking(event.booking), event.id);
        if (once) unit.put(requestAt(once.key), { digest: once.digest, event: event.id });
        await save(unit, { event, toTell: edited.tell === true, lines: 0 }, edited.entries);
        return { kind: 'added', event };
      }),

    find: id => eventAt(table, id),
    async ofBooking(booking) {
      const id = await table.get<CrewEventId>(eventOfBooking(booking));
      return id && eventAt(table, id);
    },
    starting: async (from, until, limit) =>
      inOrder(await listSpread<EventRow>(table, { pk: 'EVENT-START', ...between(from, until), limit })),
    ofPerson: async (person, from, limit) =>
      inOrder(
        await table.list<EventRow>({ pk: `EVENTS-OF#${person}`, from: `${exact(from)}#\u{10ffff}`, limit }),
      ),

    async change(id, edit, once) {
      let edited: Edited | null = null;
      const row = await change(
        id,
        before => {
          edited = edit(before.event);
          return edited && { ...before, event: edited.event, toTell: before.toTell || edited.tell === true };
        },
        () => edited?.entries ?? [],
        once,
      );
      return row && completed(row.event);
    },
    heard: async once => (await table.get<Request>(requestAt(once))) !== null,
    audit: async id =>
      (await table.list<AuditEntry>({ pk: `EVENT#${id}`, prefix: 'LINE#' })).map(({ value }) => value),

    async untold(limit) {
      return inOrder(await listSpread<EventRow>(table, { pk: 'EVENT-UNTOLD', limit })).map(({ id }) => id);
    },
    async markTold(id, revision) {
      await change(
        id,
        row => (row.toTell && row.event.revision <= revision ? { ...row, toTell: false } : null),
        () => [],
      );
    },
    told: async id =>
      (await table.list<Told>({ pk: `EVENT#${id}`, prefix: 'TOLD#' })).map(({ value }) => value),
    putTold: told => table.unit(async unit => unit.put(toldAt(told), told)),
  };
}

/** Where an event lies. */
export const eventRowAt = (id: string) => ({ pk: `EVENT#${id}`, sk: '-' });
/** Where a line of its history lies. */
export const lineAt = (id: string, line: number) => ({
  pk: `EVENT#${id}`,
  sk: `LINE#${String(line).padStart(8, '0')}`,
});
/** Where it lies what a person was told. */
export const toldAt = ({ event, person }: Told) => ({ pk: `EVENT#${event}`, sk: `TOLD#${person}` });
/** Where the event of a booking is found. */
export const eventOfBooking = (booking: string) => ({ pk: `EVENT-OF#${booking}`, sk: '-' });
/** Where the answer lies to a request that may be sent again. */
export const requestAt = (key: string) => ({ pk: `EVENT-ASKED#${key}`, sk: '-' });

/** From the first instant on and before the second. */
const between = (from: string, until: string) => ({
  from: exact(from),
  to: isoInstant(Date.parse(until) - 1).concat('#\u{10ffff}'),
});

/** By what an event is found: its start, its people, and whether they have yet to be told. */
export const eventEntries = ({ event, toTell }: EventRow) => [
  { pk: `EVENT-START#${shardOf(event.id)}`, sk: `${isoInstant(epochOf(event.start))}#${event.id}` },
  ...(toTell ? [{ pk: `EVENT-UNTOLD#${shardOf(event.id)}`, sk: event.id }] : []),
  ...(event.status === 'cancelled'
    ? []
    : event.roster.map(({ person }) => ({
        pk: `EVENTS-OF#${person}`,
        sk: `${isoInstant(epochOf(event.end))}#${event.id}`,
      }))),
];

async function eventAt(from: TableReader, id: string): Promise<CrewEvent | null> {
  const row = await from.get<EventRow>(eventRowAt(id));
  return row && completed(row.event);
}

async function save(unit: Unit, row: EventRow, lines: readonly AuditEntry[]): Promise<void> {
  const { id } = row.event;
  await keep(unit, eventRowAt(id), { ...row, lines: row.lines + lines.length }, eventEntries);
  lines.forEach(({ at, by, what }, index) => {
    unit.put(lineAt(id, row.lines + index), { at, by, what });
  });
}
