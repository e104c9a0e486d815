import { isoInstant } from '#lib/clock.ts';
import { shardOf } from '#platform/indexed.ts';
import type { Place } from '#platform/table.ts';
import type { Letter } from './letter.ts';
import type { Posted } from './post.ts';
import type { Tries } from './settle-attempt.ts';

/** A letter as it is stored. What it says lies beside it until it went out or was taken back. */
export type LetterRow = {
  readonly posted: Posted;
  readonly tries: Tries;
  /** While it is handed over: until when whoever does it may take, ISO 8601 UTC. Past that, they died over it. */
  readonly onWireUntil: string | null;
  readonly toTell: boolean;
};

/** Where a letter is found by its id. */
export const rowAt = (id: string): Place => ({ pk: `LETTER#${id}`, sk: '-' });
/** Where lies what it says, until it went out or was taken back. */
export const bodyAt = (id: string): Place => ({ pk: `LETTER#${id}`, sk: 'BODY' });

/** Waits for a person, and for nothing else: it may have gone out in a life that a restored installation knows nothing of. */
export const isHeld = ({ state, nextAt }: Posted): boolean => state === 'waiting' && nextAt === null;

/** By what a letter is found otherwise. */
export function entries({ posted, toTell }: LetterRow): readonly Place[] {
  const { id, state, postedAt, nextAt, about } = posted;
  const shard = shardOf(id);
  const byTime = `${postedAt}#${id}`;
  return [
    { pk: `LETTERS#${shard}`, sk: byTime },
    { pk: `LETTERS-IN#${state}#${shard}`, sk: byTime },
    ...[...new Set(about)].map(each => ({ pk: `LETTERS-ABOUT#${each}`, sk: byTime })),
    ...(state === 'waiting' && nextAt !== null
      ? [{ pk: `LETTERS-DUE#${shard}`, sk: `${nextAt}#${id}` }]
      : []),
    ...(isHeld(posted) ? [{ pk: `LETTERS-HELD#${shard}`, sk: byTime }] : []),
    ...(toTell ? [{ pk: `LETTERS-UNTOLD#${shard}`, sk: byTime }] : []),
  ];
}

/** A letter that was just posted. */
export const fresh = ({ id, kind, about, to, subject }: Letter, now: number): LetterRow => ({
  posted: {
    id,
    kind,
    about,
    to: to.address,
    subject,
    state: 'waiting',
    attempts: 0,
    postedAt: isoInstant(now),
    sentAt: null,
    nextAt: isoInstant(now),
    error: null,
    mayHaveGone: false,
  },
  tries: { made: 0, from: now, unclear: 0 },
  onWireUntil: null,
  toTell: false,
});
