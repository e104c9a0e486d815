import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contents } from './crash-model.ts';
import { framesRead } from './log-frames.ts';
import { damageOf, withDatabase } from './look.ts';

/** What is asked of each database: the table, and what of it. */
const questions = {
  'gangway.db': {
    booking_messages: 'SELECT messageId FROM booking_messages',
    letters: "SELECT id FROM letters WHERE state = 'sent'",
    guest_pages: 'SELECT brand, slug, etag FROM guest_pages',
    bookings: 'SELECT id FROM bookings WHERE fulfilledRevision > 0',
  },
  'money.db': {
    deliveries: 'SELECT messageId, state FROM deliveries',
    letters: "SELECT id FROM letters WHERE state = 'sent'",
  },
  'engine.db': {},
} as const;
type Name = keyof typeof questions;

type Row = Readonly<Partial<Record<string, string>>>;

/** What a database turns out to hold: `rows` of a table that is not there yet are none. */
type Told = { readonly damage: readonly string[]; readonly rows: (table: string) => readonly Row[] };

/** What each file of a name was found to hold, by what is read of the log beside it. */
type Seen = WeakMap<Buffer, Map<string, Told>>;

/** Looks into one database of a disk. */
export type Databases = (contents: Contents, name: Name) => Told;

/**
 * Looks into databases as a start would find them, in a folder of its own. Most failures leave a database as another left
 * it: what SQLite would read of it is opened once. A file is known by its buffer, so buffers must not be written to.
 */
export function databasesSeen(folder: string): Databases {
  const seen = new Map<Name, { readonly read: (log: Buffer) => string; readonly told: Seen }>();
  const none: Told = { damage: [], rows: () => [] };
  let opened = 0;

  const open = (contents: Contents, name: Name): Told => {
    const place = join(folder, `look-${opened++}`);
    mkdirSync(place);
    for (const file of [name, `${name}-wal`, `${name}-journal`]) {
      const bytes = contents.get(file);
      if (bytes) writeFileSync(join(place, file), bytes);
    }
    try {
      return withDatabase(place, name, it => {
        const damage = damageOf(it, name);
        if (damage.length > 0) return { ...none, damage };
        const tables = it.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
        const there = new Set(tables.map(table => String(table.name)));
        const asked = Object.entries(questions[name]).filter(([table]) => there.has(table));
        const rows = new Map(asked.map(([table, sql]) => [table, it.prepare(sql).all() as Row[]]));
        return { damage, rows: table => rows.get(table) ?? [] };
      });
    } catch (error) {
      return { ...none, damage: [`${name}: ${error instanceof Error ? error.message : String(error)}`] };
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  };

  return (contents, name) => {
    const [database, log] = [contents.get(name), contents.get(`${name}-wal`)];
    if (!database) return none;
    // A rollback journal is there only while a database is being made.
    if (contents.has(`${name}-journal`)) return open(contents, name);
    const { read, told } = seen.get(name) ?? { read: framesRead(), told: new WeakMap() as Seen };
    seen.set(name, { read, told });
    const ofThese = told.get(database) ?? new Map<string, Told>();
    told.set(database, ofThese);
    const frames = log ? read(log) : 'nothing';
    const known = ofThese.get(frames) ?? open(contents, name);
    ofThese.set(frames, known);
    return known;
  };
}
