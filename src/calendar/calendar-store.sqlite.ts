import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import { opened, sealed } from '#lib/sealed.ts';
import type { Reader, Sqlite, Transaction } from '#platform/sqlite.ts';
import { addDays, type CalendarEntry, type EntryFacts, lastDay, longestDays } from './calendar-entry.ts';
import type { CalendarStore, Entered, EntryKeys } from './calendar-store.ts';
import { entered, isTheirs } from './entered.ts';

const ddl = [
  `CREATE TABLE calendar_entries (
     id TEXT PRIMARY KEY, booking TEXT UNIQUE, firstDay TEXT NOT NULL, lastDay TEXT NOT NULL, startAt TEXT NOT NULL,
     body TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX calendar_by_day ON calendar_entries (firstDay, lastDay);
   CREATE TABLE calendar_names (
     name TEXT PRIMARY KEY, entry TEXT NOT NULL REFERENCES calendar_entries (id) ON DELETE CASCADE
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX calendar_names_of ON calendar_names (entry);`,
];

export function sqliteCalendarStore(db: Sqlite, house: { clock: Clock; random: Random }): CalendarStore {
  db.migrate('calendar', ddl);

  return {
    enter(keys, edit) {
      return db.write(tx => {
        const [before = null, ...others] = known(tx, keys);
        // The one with a booking stays; what a script had entered under another name of it is taken in.
        const note = [before, ...others].find(entry => entry?.note)?.note ?? null;
        const wanted = edit(before && { ...before, note });
        for (const other of others) {
          tx.run('UPDATE calendar_names SET entry = ? WHERE entry = ?', before?.id ?? '', other.id);
          tx.run('DELETE FROM calendar_entries WHERE id = ?', other.id);
        }
        const saved = save(tx, before, wanted);
        for (const name of keys.names) callEntry(tx, name, saved.entry.id);
        return saved;
      });
    },
    change(id, edit) {
      return db.write(tx => {
        const before = byId(tx, id);
        return before && save(tx, before, edit(before));
      });
    },
    find: async id => byId(db, id),
    ofBooking: async booking =>
      entryOf(db.get<Row>('SELECT body FROM calendar_entries WHERE booking = ?', booking)),
    async forget(booking) {
      await db.write(tx => {
        const entry = entryOf(tx.get<Row>('SELECT body FROM calendar_entries WHERE booking = ?', booking));
        if (entry) save(tx, entry, { ...entry, title: 'Charter', note: null });
      });
    },
    async list(from, to) {
      return db
        .all<Row>(
          `SELECT body FROM calendar_entries
           WHERE firstDay <= ? AND firstDay >= ? AND lastDay >= ?
           ORDER BY firstDay, startAt, id`,
          to,
          addDays(from, -longestDays),
          from,
        )
        .map(row => opened<CalendarEntry>(row.body));
    },
  };

  function save(tx: Transaction, before: CalendarEntry | null, wanted: EntryFacts): Entered {
    const { entry, outcome } = entered(before, wanted, house);
    if (outcome === 'unchanged') return { entry, outcome };
    putEntry(tx, entry);
    return { entry, outcome };
  }
}

/** Puts an entry in its place. */
export function putEntry(tx: Transaction, entry: CalendarEntry): void {
  tx.run(
    `INSERT INTO calendar_entries (id, booking, firstDay, lastDay, startAt, body) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET booking = excluded.booking, firstDay = excluded.firstDay,
     lastDay = excluded.lastDay, startAt = excluded.startAt, body = excluded.body`,
    entry.id,
    entry.booking,
    entry.date,
    lastDay(entry),
    entry.start?.at ?? '',
    sealed(entry),
  );
}

/** Leads a name to an entry, wherever it led before. */
export function callEntry(tx: Transaction, name: string, entry: string): void {
  tx.run(
    'INSERT INTO calendar_names (name, entry) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET entry = excluded.entry',
    name,
    entry,
  );
}

type Row = { body: string };

const entryOf = (row: Row | undefined): CalendarEntry | null =>
  row ? opened<CalendarEntry>(row.body) : null;

const byId = (from: Reader, id: string) =>
  entryOf(from.get<Row>('SELECT body FROM calendar_entries WHERE id = ?', id));

/** The entries these keys lead to, the booking's own first. One that is another booking's is not theirs. */
function known(tx: Transaction, { booking, names }: EntryKeys): CalendarEntry[] {
  const found = new Map<string, CalendarEntry>();
  const add = (row: Row | undefined) => {
    const entry = entryOf(row);
    if (entry && isTheirs(entry, booking)) found.set(entry.id, entry);
  };
  if (booking) add(tx.get<Row>('SELECT body FROM calendar_entries WHERE booking = ?', booking));
  for (const name of names) {
    add(
      tx.get<Row>(
        'SELECT body FROM calendar_entries WHERE id = (SELECT entry FROM calendar_names WHERE name = ?)',
        name,
      ),
    );
  }
  return [...found.values()];
}
