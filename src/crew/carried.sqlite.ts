import { opened, sealed } from '#lib/sealed.ts';
import { epochOf } from '#lib/zoned.ts';
import type { CarriedBySqlite } from '#platform/carried.ts';
import type { CarriedEvent, CarriedRequest } from './carried.ts';
import type { AuditEntry, CrewEvent } from './crew.ts';
import { indexEvent, noteLines } from './crew-store.sqlite.ts';
import type { Told } from './told.ts';

type Row = { id: string; toTell: number; body: string };

export const carriedEvents: CarriedBySqlite<CarriedEvent> = {
  *all(from) {
    const rows = from.all<Row>('SELECT id, to_tell AS toTell, body FROM crew_events ORDER BY id');
    for (const { id, toTell, body } of rows) {
      yield {
        event: opened<CrewEvent>(body),
        toTell: toTell === 1,
        audit: from.all<AuditEntry>('SELECT at, by, what FROM crew_audit WHERE event = ? ORDER BY line', id),
        told: from
          .all<{ body: string }>('SELECT body FROM crew_told WHERE event = ? ORDER BY person', id)
          .map(row => opened<Told>(row.body)),
      };
    }
  },
  put(tx, { event, toTell, audit, told }) {
    tx.run(
      `INSERT INTO crew_events (id, booking, starts_ms, to_tell, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
       SET booking = excluded.booking, starts_ms = excluded.starts_ms, to_tell = excluded.to_tell, body = excluded.body`,
      event.id,
      event.booking,
      epochOf(event.start),
      toTell ? 1 : 0,
      sealed(event),
    );
    indexEvent(tx, event);
    tx.run('DELETE FROM crew_audit WHERE event = ?', event.id);
    noteLines(tx, { event, entries: audit });
    for (const each of told)
      tx.run('INSERT OR REPLACE INTO crew_told VALUES (?, ?, ?)', event.id, each.person, sealed(each));
  },
};

export const carriedRequests: CarriedBySqlite<CarriedRequest> = {
  all: from => from.all<CarriedRequest>('SELECT key, digest, event FROM crew_requests'),
  put(tx, { key, digest, event }) {
    tx.run('INSERT OR REPLACE INTO crew_requests (key, digest, event) VALUES (?, ?, ?)', key, digest, event);
  },
};
