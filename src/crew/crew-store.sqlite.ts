import { opened, openedOften, sealed } from '#lib/sealed.ts';
import { epochOf } from '#lib/zoned.ts';
import type { Sqlite, Transaction } from '#platform/sqlite.ts';
import { type AuditEntry, type CrewEvent, type CrewEventId, completed } from './crew.ts';
import type { CrewStore, Edited } from './crew-store.ts';
import type { Told } from './told.ts';

/** Crew events in SQLite: the event as one JSON body beside what is looked up by, all of one change in one savepoint. */
export function sqliteCrewStore(db: Sqlite): CrewStore {
  db.migrate('crew', [
    `CREATE TABLE crew_events (
       id TEXT PRIMARY KEY,
       booking TEXT UNIQUE,
       starts_ms INTEGER NOT NULL,
       to_tell INTEGER NOT NULL,
       body TEXT NOT NULL
     ) STRICT;
     CREATE INDEX crew_events_by_start ON crew_events (starts_ms, id);
     CREATE INDEX crew_events_to_tell ON crew_events (id) WHERE to_tell = 1;
     CREATE TABLE crew_places (
       person TEXT NOT NULL,
       ends_ms INTEGER NOT NULL,
       event TEXT NOT NULL REFERENCES crew_events (id),
       PRIMARY KEY (person, ends_ms, event)
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX crew_places_by_event ON crew_places (event);
     CREATE TABLE crew_audit (
       event TEXT NOT NULL REFERENCES crew_events (id),
       line INTEGER NOT NULL,
       at TEXT NOT NULL,
       by TEXT NOT NULL,
       what TEXT NOT NULL,
       PRIMARY KEY (event, line)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE crew_requests (
       key TEXT PRIMARY KEY,
       digest TEXT NOT NULL,
       event TEXT NOT NULL REFERENCES crew_events (id)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE crew_told (
       event TEXT NOT NULL REFERENCES crew_events (id),
       person TEXT NOT NULL,
       body TEXT NOT NULL,
       PRIMARY KEY (event, person)
     ) STRICT, WITHOUT ROWID`,
  ]);

  return {
    add: (edited, once) =>
      db.write(tx => {
        const { event } = edited;
        const asked = once && tx.get<Request>('SELECT * FROM crew_requests WHERE key = ?', once.key);
        if (once && asked) {
          if (asked.digest !== once.digest) return { kind: 'key-reused' };
          return { kind: 'known', event: required(byId(tx, asked.event)), by: 'request' };
        }
        const known = event.booking && byBooking(tx, event.booking);
        if (known) return { kind: 'known', event: known, by: 'booking' };
        tx.run(
          'INSERT INTO crew_events (id, booking, starts_ms, to_tell, body) VALUES (?, ?, ?, ?, ?)',
          event.id,
          event.booking,
          epochOf(event.start),
          edited.tell ? 1 : 0,
          sealed(event),
        );
        if (once) tx.run('INSERT INTO crew_requests VALUES (?, ?, ?)', once.key, once.digest, event.id);
        indexEvent(tx, event);
        noteLines(tx, edited);
        return { kind: 'added', event };
      }),

    find: async id => byId(db, id),
    ofBooking: async booking => byBooking(db, booking),

    starting: async (from, until, limit) =>
      db
        .all<Row>(
          'SELECT body FROM crew_events WHERE starts_ms >= ? AND starts_ms < ? ORDER BY starts_ms, id LIMIT ?',
          Date.parse(from),
          Date.parse(until),
          limit,
        )
        .map(eventIn),

    ofPerson: async (person, from, limit) =>
      db
        .all<Row>(
          `SELECT e.body FROM crew_places p JOIN crew_events e ON e.id = p.event
           WHERE p.person = ? AND p.ends_ms > ? ORDER BY p.ends_ms, p.event LIMIT ?`,
          person,
          Date.parse(from),
          limit,
        )
        .map(eventIn),

    change: (id, edit, once) =>
      db.write(tx => {
        const before = byId(tx, id);
        if (!before || (once && isHeard(tx, once))) return before;
        const edited = edit(before);
        if (once) tx.run('INSERT INTO crew_requests VALUES (?, ?, ?)', once, pressed, id);
        if (!edited) return before;
        const { event } = edited;
        tx.run(
          'UPDATE crew_events SET starts_ms = ?, to_tell = max(to_tell, ?), body = ? WHERE id = ?',
          epochOf(event.start),
          edited.tell ? 1 : 0,
          sealed(event),
          id,
        );
        indexEvent(tx, event);
        noteLines(tx, edited);
        return event;
      }),

    heard: async once => isHeard(db, once),

    audit: async id =>
      db.all<AuditEntry>('SELECT at, by, what FROM crew_audit WHERE event = ? ORDER BY line', id),

    untold: async limit =>
      db
        .all<{ id: CrewEventId }>('SELECT id FROM crew_events WHERE to_tell = 1 ORDER BY id LIMIT ?', limit)
        .map(row => row.id),

    markTold: (id, revision) =>
      db.write(tx => {
        tx.run(
          `UPDATE crew_events SET to_tell = 0 WHERE id = ? AND to_tell = 1 AND body ->> 'revision' <= ?`,
          id,
          revision,
        );
      }),

    told: async id =>
      db
        .all<Row>('SELECT body FROM crew_told WHERE event = ? ORDER BY person', id)
        .map(row => opened<Told>(row.body)),

    putTold: told =>
      db.write(tx => {
        tx.run(
          'INSERT OR REPLACE INTO crew_told (event, person, body) VALUES (?, ?, ?)',
          told.event,
          told.person,
          sealed(told),
        );
      }),
  };
}

type Row = { body: string };
type Request = { key: string; digest: string; event: string };
type Look = Pick<Transaction, 'get'>;

/** What stands for the digest where a request is a press on an event's page. */
const pressed = 'pressed';
const isHeard = (db: Look, once: string) =>
  db.get<Request>('SELECT * FROM crew_requests WHERE key = ?', once) !== undefined;

const eventOf = openedOften((event: CrewEvent) => completed(event));
const eventIn = (row: Row) => eventOf(row.body);

const byId = (db: Look, id: string) => {
  const row = db.get<Row>('SELECT body FROM crew_events WHERE id = ?', id);
  return row ? eventIn(row) : null;
};

const byBooking = (db: Look, booking: string) => {
  const row = db.get<Row>('SELECT body FROM crew_events WHERE booking = ?', booking);
  return row ? eventIn(row) : null;
};

/** Notes who has a place in an event, and no longer. */
export function indexEvent(tx: Transaction, event: CrewEvent) {
  tx.run('DELETE FROM crew_places WHERE event = ?', event.id);
  if (event.status === 'cancelled') return;
  for (const { person } of event.roster) {
    tx.run('INSERT INTO crew_places VALUES (?, ?, ?)', person, epochOf(event.end), event.id);
  }
}

/** Adds lines to the history of an event. */
export function noteLines(tx: Transaction, { event, entries }: Edited) {
  for (const { at, by, what } of entries) {
    tx.run(
      `INSERT INTO crew_audit (event, line, at, by, what)
       VALUES (?, (SELECT coalesce(max(line), 0) + 1 FROM crew_audit WHERE event = ?), ?, ?, ?)`,
      event.id,
      event.id,
      at,
      by,
      what,
    );
  }
}

const required = (event: CrewEvent | null): CrewEvent => {
  if (!event) throw new Error('a request points at an event that is not there');
  return event;
};
