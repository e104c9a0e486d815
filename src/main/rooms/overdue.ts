import type { Drives } from '#fulfilment/drives.ts';
import type { Clock } from '#lib/clock.ts';
import type { Post } from '#mail/post.ts';

/** How long something may take that is not in trouble: far longer than any try of it. */
const patienceMs = 15 * 60_000;

/** Counted up to this many of each. */
const most = 1000;

/** What may wait on either side of the money fence. */
type Side = { drives: Pick<Drives, 'underWay'>; post: Pick<Post, 'list'> };

/**
 * How many surfaces nobody failed and nobody finished for a quarter of an hour: bookings that are being made true for that
 * long, and letters that wait. A run does not say when it began, so it counts from when it was first seen here: ask every
 * minute. What is held for a person waits for nobody else and is not in it.
 */
export function overdue({ sides, clock }: { sides: readonly Side[]; clock: Clock }): () => Promise<number> {
  let firstSeen: ReadonlyMap<string, number> = new Map();
  return async () => {
    const now = clock.now();
    const late = (since: number) => now - since >= patienceMs;
    const runs = await Promise.all(sides.map(({ drives }) => drives.underWay(most)));
    const names = runs.flatMap((some, side) => some.map(({ booking, run }) => `${side} ${booking} ${run}`));
    firstSeen = new Map(names.map(name => [name, firstSeen.get(name) ?? now]));
    const letters = await Promise.all(sides.map(({ post }) => post.list({ state: 'waiting', limit: most })));
    return (
      [...firstSeen.values()].filter(late).length +
      letters.flat().filter(({ nextAt, postedAt }) => nextAt !== null && late(Date.parse(postedAt))).length
    );
  };
}
