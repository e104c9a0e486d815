import type { Letter } from './letter.ts';
import type { Posted } from './post.ts';
import type { Tries } from './settle-attempt.ts';

/** A letter as it goes from one edition to another. One that was on the wire counts as one that may have arrived. */
export type CarriedLetter = {
  readonly posted: Posted;
  readonly tries: Tries;
  /** Whether whoever hangs on it has yet to hear how it went. */
  readonly toTell: boolean;
  /** What it says; null once it went out or was taken back. */
  readonly letter: Letter | null;
};

/** In the order in which they were posted. */
export const letterOrder = ({ posted }: CarriedLetter): string => `${posted.postedAt}#${posted.id}`;

/**
 * A letter as it arrives in another house: what waited waits for a person, because the house it comes from may have sent
 * it since, and what is written later about the same trip is written as to somebody who has it.
 */
export function heldBack(carried: CarriedLetter, leftAt: string): CarriedLetter {
  const { posted, tries } = carried;
  if (posted.state !== 'waiting' || posted.nextAt === null) return carried;
  return {
    ...carried,
    posted: {
      ...posted,
      nextAt: null,
      mayHaveGone: true,
      error: movedReason(leftAt),
    },
    tries: { ...tries, unclear: Math.max(tries.unclear, 1) },
    toTell: true,
  };
}

const movedReason = (leftAt: string) =>
  `Held since the move of ${leftAt}: it may have gone out from where it was written. Release it, or count it as sent.`;
