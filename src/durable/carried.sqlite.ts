import type { CarriedBySqlite } from '#platform/carried.ts';
import type { DueRow } from './agenda.dynamodb.ts';

/** What is due and what was done of it, so that no reminder is sent again. */
export const carriedDues: CarriedBySqlite<DueRow> = {
  all: from => from.all<DueRow>('SELECT subject, kind, dueAt, doneAt FROM agenda'),
  put(tx, { subject, kind, dueAt, doneAt }) {
    tx.run('INSERT OR REPLACE INTO agenda VALUES (?, ?, ?, ?)', subject, kind, dueAt, doneAt);
  },
};
