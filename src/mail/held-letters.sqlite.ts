import { type Clock, isoInstant } from '#lib/clock.ts';
import type { Sqlite } from '#platform/sqlite.ts';
import { type HeldLetters, heldReason, letterNotHeld } from './held-letters.ts';
import { letterRows } from './letter-rows.sqlite.ts';
import type { Post } from './post.ts';

// Waiting for nothing: no time at which it is due, nothing that would release it by itself.
const held = "state = 'waiting' AND next_at IS NULL";

/**
 * Keeps back everything in a database's post that has not gone out. To be used while nothing delivers from it. Each counts as one
 * that may have arrived, so what is written later about the same trip is written as to somebody who knows.
 * Idempotent. Returns how many are held.
 */
export function holdLetters(db: Sqlite, backupTakenAt: string): Promise<number> {
  letterRows(db);
  return db.write(tx => {
    tx.run(
      `UPDATE letters SET next_at = NULL, held_at = NULL, on_wire = 0, unclear = max(unclear, 1), error = ?, change = change + 1
       WHERE state = 'waiting' AND (next_at IS NOT NULL OR on_wire = 1)`,
      heldReason(backupTakenAt),
    );
    return tx.get<{ n: number }>(`SELECT count(*) AS n FROM letters WHERE ${held}`)?.n ?? 0;
  });
}

/** The held letters of one post. */
export function sqliteHeldLetters(it: { db: Sqlite; post: Post; clock: Clock }): HeldLetters {
  const { db, post, clock } = it;
  letterRows(db);

  const isHeld = (id: string) => db.get(`SELECT 1 FROM letters WHERE id = ? AND ${held}`, id) !== undefined;

  return {
    async list(limit) {
      const ids = db.all<{ id: string }>(`SELECT id FROM letters WHERE ${held} ORDER BY seq LIMIT ?`, limit);
      const found = await Promise.all(ids.map(({ id }) => post.find(id)));
      return found.filter(letter => letter !== null);
    },
    async count() {
      return db.get<{ n: number }>(`SELECT count(*) AS n FROM letters WHERE ${held}`)?.n ?? 0;
    },
    async release(id) {
      if (!isHeld(id)) throw letterNotHeld(id);
      await post.retry(id);
    },
    async countAsSent(id) {
      const done = await db.write(tx =>
        tx.run(
          `UPDATE letters SET state = 'sent', sent_at = ?, error = NULL, body = NULL, change = change + 1
           WHERE id = ? AND ${held}`,
          isoInstant(clock.now()),
          id,
        ),
      );
      if (done === 0) throw letterNotHeld(id);
      // Those whose beliefs hang on it hear of it; not waited for, since other letters may be on a slow line.
      void post.deliverDue().catch(() => {});
    },
  };
}
