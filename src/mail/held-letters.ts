import { Refusal } from '#lib/refusal.ts';
import type { Posted } from './post.ts';

/**
 * Letters that are kept back because they may have reached their readers already, in a life of the installation that
 * it knows nothing of: it was restored from a backup. None goes out by itself; a person decides about each.
 */
export interface HeldLetters {
  /** Oldest first. */
  list(limit: number): Promise<readonly Posted[]>;
  count(): Promise<number>;
  /** Sends one, as if it had just been posted. Throws `letter-not-held`. */
  release(id: string): Promise<void>;
  /** Takes one as sent: the reader has it. Throws `letter-not-held`. */
  countAsSent(id: string): Promise<void>;
}

/** What stands at a held letter, for whoever looks. */
export const heldReason = (since: string) =>
  `Held since the restore of a backup of ${since}: it may have gone out before. Release it, or count it as sent.`;

/** That a letter does not wait for a person; who looked may have been slower than somebody else. */
export const letterNotHeld = (id: string) =>
  new Refusal(
    'letter-not-held',
    `No letter ${id.slice(0, 200)} is held.`,
    'Look at what is held with: gangway post held',
  );
