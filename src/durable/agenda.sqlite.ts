import { type Clock, isoInstant } from '#lib/clock.ts';
import type { Sqlite } from '#platform/sqlite.ts';
import type { Agenda, Due } from './agenda.ts';

const ddl = [
  `CREATE TABLE agenda (
     subject TEXT NOT NULL, kind TEXT NOT NULL, dueAt TEXT NOT NULL, doneAt TEXT,
     PRIMARY KEY (subject, kind)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX agenda_due ON agenda (dueAt) WHERE doneAt IS NULL;`,
];

export function sqliteAgenda(db: Sqlite, clock: Clock): Agenda {
  db.migrate('agenda', ddl);
  type Row = Due & { doneAt: string | null };
  const of = (subject: string) =>
    db.all<Row>(
      'SELECT subject, kind, dueAt, doneAt FROM agenda WHERE subject = ? ORDER BY dueAt, kind',
      subject,
    );

  return {
    replace(subject, dues) {
      return db.write(tx => {
        const now = isoInstant(clock.now());
        tx.run('DELETE FROM agenda WHERE subject = ? AND doneAt IS NULL', subject);
        for (const due of dues) {
          tx.run(
            `INSERT INTO agenda (subject, kind, dueAt) VALUES (?, ?, ?) ON CONFLICT (subject, kind) DO UPDATE
             SET doneAt = CASE WHEN excluded.dueAt > ? THEN NULL ELSE doneAt END, dueAt = excluded.dueAt`,
            subject,
            due.kind,
            due.dueAt,
            now,
          );
        }
      });
    },
    due: async limit =>
      db.all<Due>(
        'SELECT subject, kind, dueAt FROM agenda WHERE doneAt IS NULL AND dueAt <= ? ORDER BY dueAt LIMIT ?',
        isoInstant(clock.now()),
        limit,
      ),
    async done(due) {
      await db.write(tx =>
        tx.run(
          'UPDATE agenda SET doneAt = ? WHERE subject = ? AND kind = ? AND dueAt = ? AND doneAt IS NULL',
          isoInstant(clock.now()),
          due.subject,
          due.kind,
          due.dueAt,
        ),
      );
    },
    of: async subject => of(subject),
  };
}
