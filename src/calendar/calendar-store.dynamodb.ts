import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import { keep, listSpread, shardOf } from '#platform/indexed.ts';
import type { Table, TableReader, Unit } from '#platform/table.ts';
import { addDays, type CalendarEntry, type EntryFacts, lastDay, longestDays } from './calendar-entry.ts';
import type { CalendarStore, Entered, EntryKeys } from './calendar-store.ts';
import { entered, isTheirs } from './entered.ts';

/** The house's calendar in a table: entries found by booking, by name, and along their days. */
export function dynamoCalendarStore(table: Table, house: { clock: Clock; random: Random }): CalendarStore {
  const change = (unit: Unit, before: CalendarEntry | null, wanted: EntryFacts): Promise<Entered> =>
    saved(unit, entered(before, wanted, house));

  return {
    enter: (keys, edit) =>
      table.unit(async unit => {
        const [before = null, ...others] = await known(unit, keys);
        // The one with a booking stays; what a script had entered under another name of it is taken in.
        const note = [before, ...others].find(entry => entry?.note)?.note ?? null;
        const wanted = edit(before && { ...before, note });
        const names = new Set(keys.names);
        for (const { id } of others) {
          for (const { sk } of await unit.list({ pk: `CAL#${id}`, prefix: 'NAME#' })) {
            names.add(sk.slice('NAME#'.length));
            unit.remove({ pk: `CAL#${id}`, sk });
          }
          await keep<CalendarEntry>(unit, entryAt(id), null, entryEntries);
        }
        const made = await change(unit, before, wanted);
        for (const name of names) await callEntry(unit, name, made.entry.id);
        return made;
      }),
    change: (id, edit) =>
      table.unit(async unit => {
        const before = await unit.get<CalendarEntry>(entryAt(id));
        return before && (await change(unit, before, edit(before)));
      }),
    find: id => table.get<CalendarEntry>(entryAt(id)),
    ofBooking: booking => table.get<CalendarEntry>(bookingAt(booking)),
    forget: booking =>
      table.unit(async unit => {
        const entry = await ofBooking(unit, booking);
        if (entry) await change(unit, entry, { ...entry, title: 'Charter', note: null });
      }),
    async list(from, to) {
      const found = await listSpread<CalendarEntry>(table, {
        pk: 'CAL-DAY',
        from: addDays(from, -longestDays),
        to: `${to}#\u{10ffff}`,
      });
      return found.map(({ value }) => value).filter(entry => lastDay(entry) >= from);
    },
  };
}

/** Where an entry lies. */
export const entryAt = (id: string) => ({ pk: `CAL#${id}`, sk: 'ENTRY' });
const nameAt = (name: string) => ({ pk: `CAL-NAME#${name}`, sk: '-' });
const bookingAt = (booking: string) => ({ pk: `CAL-OF#${booking}`, sk: '-' });

/** By what it is found: its day, and the booking it is of. */
export const entryEntries = ({ id, booking, date, start }: CalendarEntry) => [
  { pk: `CAL-DAY#${shardOf(id)}`, sk: `${date}#${start?.at ?? ''}#${id}` },
  ...(booking === null ? [] : [bookingAt(booking)]),
];

async function saved(unit: Unit, made: Entered): Promise<Entered> {
  if (made.outcome !== 'unchanged') await keep(unit, entryAt(made.entry.id), made.entry, entryEntries);
  return made;
}

/** A name leads to one entry; the entry knows its names, so that they can follow it into another. */
export async function callEntry(unit: Unit, name: string, id: string): Promise<void> {
  const before = await unit.get<string>(nameAt(name));
  if (before === id) return;
  if (before !== null) unit.remove({ pk: `CAL#${before}`, sk: `NAME#${name}` });
  unit.put(nameAt(name), id);
  unit.put({ pk: `CAL#${id}`, sk: `NAME#${name}` }, name);
}

/** Through the entry itself, so that it is a condition of the unit. */
async function ofBooking(unit: TableReader, booking: string): Promise<CalendarEntry | null> {
  const found = await unit.get<CalendarEntry>(bookingAt(booking));
  return found && unit.get<CalendarEntry>(entryAt(found.id));
}

/** The entries these keys lead to, the booking's own first. */
async function known(unit: TableReader, { booking, names }: EntryKeys): Promise<CalendarEntry[]> {
  const found = new Map<string, CalendarEntry>();
  const add = (entry: CalendarEntry | null) => {
    if (entry && isTheirs(entry, booking)) found.set(entry.id, entry);
  };
  if (booking) add(await ofBooking(unit, booking));
  for (const name of names) {
    const id = await unit.get<string>(nameAt(name));
    if (id !== null) add(await unit.get<CalendarEntry>(entryAt(id)));
  }
  return [...found.values()];
}
