import { exact, isoInstant } from '#lib/clock.ts';
import { epochOf } from '#lib/zoned.ts';
import { keep, listSpread, shardOf } from '#platform/indexed.ts';
import type { Table, TableReader, Unit } from '#platform/table.ts';
import { type AuditEntry, type CrewEvent, type CrewEventId, completed } from './crew.ts';
import type { CrewStore, Edited } from './crew-store.ts';
import type { Told } from './told.ts';

/** An event as it is stored: with what it lacks for the crew to know it, and how many lines its history has. */
type Row = { event: CrewEvent; toTell: boolean; lines: number };
type Request = { digest: string; event: CrewEventId };

/** Crew events in a table: one partition an event with its history and what each person was told. */
export function dynamoCrewStore(table: Table): CrewStore {
  const inOrder = (rows: readonly { value: Row }[]) => rows.map(({ value }) => completed(value.event));
  const change = (
    id: CrewEventId,
    edit: (row: Row) => Row | null,
    entriesOf: () => readonly AuditEntry[],
    once?: string,
  ) =>
    table.unit(async unit => {
      const before = await unit.get<Row>(rowAt(id));
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
        const known = event.booking && (await unit.get<CrewEventId>(bookingAt(event.booking)));
        const knownEvent = known && (await eventAt(unit, known));
        if (knownEvent) return { kind: 'known', event: knownEvent, by: 'booking' };
        if (event.booking) unit.put(bookingAt(event.booking), event.id);
        if (once) unit.put(requestAt(once.key), { digest: once.digest, event: event.id });
        await save(unit, { event, toTell: edited.tell === true, lines: 0 }, edited.entries);
        return { kind: 'added', event };
      }),

    find: id => eventAt(table, id),
    async ofBooking(booking) {
      const id = await table.get<CrewEventId>(bookingAt(booking));
      return id && eventAt(table, id);
    },
    starting: async (from, until, limit) =>
      inOrder(await listSpread<Row>(table, { pk: 'EVENT-START', ...between(from, until), limit })),
    ofPerson: async (person, from, limit) =>
      inOrder(await table.list<Row>({ pk: `EVENTS-OF#${person}`, from: `${exact(from)}#\u{10ffff}`, limit })),

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
      return inOrder(await listSpread<Row>(table, { pk: 'EVENT-UNTOLD', limit })).map(({ id }) => id);
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
    putTold: told =>
      table.unit(async unit => unit.put({ pk: `EVENT#${told.event}`, sk: `TOLD#${told.person}` }, told)),
  };
}

const rowAt = (id: string) => ({ pk: `EVENT#${id}`, sk: '-' });
const bookingAt = (booking: string) => ({ pk: `EVENT-OF#${booking}`, sk: '-' });
const requestAt = (key: string) => ({ pk: `EVENT-ASKED#${key}`, sk: '-' });

/** From the first instant on and before the second. */
const between = (from: string, until: string) => ({
  from: exact(from),
  to: isoInstant(Date.parse(until) - 1).concat('#\u{10ffff}'),
});

const entries = ({ event, toTell }: Row) => [
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
  const row = await from.get<Row>(rowAt(id));
  return row && completed(row.event);
}

async function save(unit: Unit, row: Row, lines: readonly AuditEntry[]): Promise<void> {
  const { id } = row.event;
  await keep(unit, rowAt(id), { ...row, lines: row.lines + lines.length }, entries);
  lines.forEach(({ at, by, what }, index) => {
    const place = String(row.lines + index).padStart(8, '0');
    unit.put({ pk: `EVENT#${id}`, sk: `LINE#${place}` }, { at, by, what });
  });
}
