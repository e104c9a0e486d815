import type { Sqlite } from '#platform/sqlite.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';

/** Sessions in SQLite. */
export function sqliteSessionStore(db: Sqlite): SessionStore {
  db.migrate('access sessions', [
    `CREATE TABLE sessions (
      hash TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      person TEXT NOT NULL,
      subject TEXT NOT NULL,
      epoch INTEGER NOT NULL,
      created_at TEXT NOT NULL,
      seen_at TEXT NOT NULL,
      ends_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX sessions_person ON sessions (kind, person);
    CREATE INDEX sessions_end ON sessions (ends_at);`,
  ]);

  return {
    add: record =>
      db.write(tx => {
        tx.run('DELETE FROM sessions WHERE ends_at <= ?', record.createdAt);
        tx.run(
          'INSERT INTO sessions (hash, kind, person, subject, epoch, created_at, seen_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
          record.hash,
          record.kind,
          record.person,
          record.subject,
          record.epoch,
          record.createdAt,
          record.seenAt,
          record.endsAt,
        );
      }),

    async find(hash) {
      const row = db.get<SessionRecord>(
        `SELECT hash, kind, person, subject, epoch, created_at AS createdAt, seen_at AS seenAt, ends_at AS endsAt
         FROM sessions WHERE hash = ?`,
        hash,
      );
      return row ? { ...row } : null;
    },

    touch: (hash, seenAt) =>
      db.write(tx => void tx.run('UPDATE sessions SET seen_at = ? WHERE hash = ?', seenAt, hash)),

    remove: hash => db.write(tx => void tx.run('DELETE FROM sessions WHERE hash = ?', hash)),

    removeAll: (kind, person) =>
      db.write(tx => void tx.run('DELETE FROM sessions WHERE kind = ? AND person = ?', kind, person)),
  };
}
