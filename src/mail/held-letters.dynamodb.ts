import { type Clock, isoInstant } from '#lib/clock.ts';
import { along, keep, listSpread } from '#platform/indexed.ts';
import type { Stretch, Table } from '#platform/table.ts';
import { type HeldLetters, heldReason, letterNotHeld } from './held-letters.ts';
import { bodyAt, entries, isHeld, type LetterRow, rowAt } from './letter-rows.dynamodb.ts';
import type { Post } from './post.ts';

/**
 * Keeps back everything in a table's post that has not gone out. To be used on a table that was restored, before anything
 * delivers from it. Each counts as one that may have arrived, so what is written later about the same trip is written as
 * to somebody who knows. Idempotent, also after a crash in the middle. Returns how many are held.
 */
export async function holdDynamoLetters(table: Table, backupTakenAt: string): Promise<number> {
  const spread = (stretch: Stretch) => listSpread<LetterRow>(table, stretch);
  let held = 0;
  for await (const { value } of along(spread, { pk: 'LETTERS-IN#waiting' })) {
    await table.unit(async unit => {
      const row = await unit.get<LetterRow>(rowAt(value.posted.id));
      if (row?.posted.state !== 'waiting' || isHeld(row.posted)) return;
      const error = heldReason(backupTakenAt);
      await keep<LetterRow>(
        unit,
        rowAt(row.posted.id),
        {
          posted: { ...row.posted, nextAt: null, mayHaveGone: true, error },
          tries: { ...row.tries, unclear: Math.max(row.tries.unclear, 1) },
          onWireUntil: null,
          toTell: true,
        },
        entries,
      );
    });
    held++;
  }
  return held;
}

/** The held letters of one post in a table. */
export function dynamoHeldLetters(it: { table: Table; post: Post; clock: Clock }): HeldLetters {
  const { table, post, clock } = it;
  const spread = (stretch: Stretch) => listSpread<LetterRow>(table, stretch);
  return {
    list: async limit => (await spread({ pk: 'LETTERS-HELD', limit })).map(({ value }) => value.posted),
    async count() {
      let count = 0;
      for await (const _ of along(spread, { pk: 'LETTERS-HELD' })) count++;
      return count;
    },
    async release(id) {
      const found = await post.find(id);
      if (!found || !isHeld(found)) throw letterNotHeld(id);
      await post.retry(id);
    },
    async countAsSent(id) {
      await table.unit(async unit => {
        const row = await unit.get<LetterRow>(rowAt(id));
        if (!row || !isHeld(row.posted)) throw letterNotHeld(id);
        const sentAt = isoInstant(clock.now());
        const posted = { ...row.posted, state: 'sent', sentAt, error: null, mayHaveGone: false } as const;
        unit.remove(bodyAt(id));
        await keep<LetterRow>(unit, rowAt(id), { ...row, posted, toTell: true }, entries);
      });
      // Those whose beliefs hang on it hear of it; not waited for, since other letters may be on a slow line.
      void post.deliverDue().catch(() => {});
    },
  };
}
