import * as z from 'zod';
import { Refusal } from '#lib/refusal.ts';
import { type HeldLetters, letterNotHeld } from '#mail/held-letters.ts';
import type { Posted } from '#mail/post.ts';
import { type Operations, operation, text } from './operations.ts';

/** What `gangway post held` answers: how many there are, and the oldest of them. */
export type Held = {
  readonly count: number;
  readonly letters: readonly Pick<Posted, 'id' | 'to' | 'subject' | 'kind' | 'postedAt'>[];
};

/** What `gangway post release` did. */
export type Released = { readonly released: number; readonly countedAsSent: number; readonly left: number };

/** What a person decides about letters that are held since a restore, on both sides of the money fence. */
export function heldLetterOperations(posts: readonly HeldLetters[]): Operations {
  const count = async () => (await Promise.all(posts.map(post => post.count()))).reduce((a, b) => a + b, 0);
  const all = async (limit: number) =>
    (await Promise.all(posts.map(async post => (await post.list(limit)).map(letter => ({ letter, post })))))
      .flat()
      .sort((a, b) => a.letter.postedAt.localeCompare(b.letter.postedAt))
      .slice(0, limit);

  const chosen = async (ids: readonly string[]) => {
    const held = await all(Number.MAX_SAFE_INTEGER);
    if (ids.length === 0) return held;
    return ids.map(id => {
      const found = held.find(({ letter }) => letter.id === id);
      if (found) return found;
      throw letterNotHeld(id);
    });
  };

  return {
    'post held': operation(
      z.object({ limit: z.int().min(0).max(10_000).default(100) }),
      async ({ limit }): Promise<Held> => ({
        count: await count(),
        letters: (await all(limit)).map(({ letter: { id, to, subject, kind, postedAt } }) => ({
          id,
          to,
          subject,
          kind,
          postedAt,
        })),
      }),
    ),
    'post release': operation(
      z.object({ ids: z.array(text).default([]), all: z.boolean().default(false), sent: z.boolean() }),
      async ({ ids, all: everything, sent }): Promise<Released> => {
        if (everything === ids.length > 0) {
          throw new Refusal('input-invalid', 'Name letters, or all of them.', 'Use --all, or ids.');
        }
        const letters = await chosen(ids);
        // In the order in which they were written, so that nobody reads a change before what it changes.
        for (const { letter, post } of letters)
          await (sent ? post.countAsSent(letter.id) : post.release(letter.id));
        return {
          released: sent ? 0 : letters.length,
          countedAsSent: sent ? letters.length : 0,
          left: await count(),
        };
      },
    ),
  };
}
