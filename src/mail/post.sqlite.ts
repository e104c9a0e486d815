import type { Clock } from '#lib/clock.ts';
import type { Egress } from '#platform/egress.ts';
import type { Log } from '#platform/log.ts';
import type { Sqlite } from '#platform/sqlite.ts';
import { checkLetter } from './check-letter.ts';
import { delivery } from './delivery.ts';
import { emitLetter } from './emit-letter.ts';
import { letterKey } from './letter-key.ts';
import { letterRows } from './letter-rows.sqlite.ts';
import type { Mailer } from './mailer.ts';
import type { Post } from './post.ts';
import { notWaiting } from './post-refusals.ts';
import { changeTeller, type NoteSent, type OnLetterChange } from './tell-changes.ts';

/**
 * A post office in one database. The program runs two over one mailer: one in the open file, and one in the money file
 * for letters to owner and payee, whose words may hold amounts. Nothing is tried before the first `post` or `deliverDue`;
 * from then on it wakes by the clock. `onChange` hears of every outcome that `noteSent` has not taken down, those before a
 * crash included.
 */
export function sqlitePost(it: {
  db: Sqlite;
  mailer: Mailer;
  egress: Egress;
  clock: Clock;
  log: Log;
  onChange?: OnLetterChange;
  noteSent?: NoteSent;
  /** What the log calls a letter, by its id; else its key. For letters whose id follows from what nobody may work out. */
  nameInLog?: (id: string) => string;
}): Post {
  const { db, mailer, egress, clock, log, onChange, noteSent, nameInLog = letterKey } = it;
  // Where repeating does no harm, a power failure may take back that a letter went out: it goes out once more.
  const rows = letterRows(db, mailer.exactlyOnce ? db.relaxed() : db);
  const tellChanges = changeTeller({ rows, onChange, log, nameInLog });
  const out = delivery({ rows, mailer, clock, log, nameInLog, tellChanges, noteSent });
  /**
   * Of the letters of the last process nobody noted which were on the way when the mailer repeats without harm: each
   * that waits may have gone.
   */
  const inherited = mailer.exactlyOnce ? rows.lastSeq() : 0;

  return {
    async post(letter) {
      if (rows.has(letter.id)) return 'already-posted';
      checkLetter(letter);
      await emitLetter(egress, letter);
      const isNew = await rows.insert(letter, clock.now());
      out.nudge(isNew ? letter : undefined);
      return isNew ? 'posted' : 'already-posted';
    },

    async recall(id) {
      const caught = await rows.recall(id, seq => seq <= inherited || out.isOnWire(id));
      void tellChanges();
      return caught;
    },

    async cameBack(id, reason) {
      await rows.cameBack(id, reason);
      void tellChanges();
    },

    async forget(about) {
      const letters = rows.about(about);
      for (const id of letters) await rows.recall(id, () => true);
      await out.run();
      // The files first: after a crash the rows still say which there were.
      for (const id of letters) await mailer.forget?.(id);
      await rows.remove(letters);
    },

    find: async id => rows.find(id),
    list: async filter => rows.list(filter),

    async retry(id) {
      if (await rows.retry(id, clock.now())) return out.nudge();
      throw notWaiting(rows.find(id)?.state);
    },

    deliverDue: out.run,
    close: out.close,
  };
}
