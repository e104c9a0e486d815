import type { Letter } from './letter.ts';

/** Where a letter is. `waiting`: to be tried (again) at `nextAt`; `returned`: refused for good, a person must look. */
export type LetterState = 'waiting' | 'sent' | 'returned' | 'recalled';

/** What the post knows of a letter. Not what it said: that is dropped once it went out, and its links with it. */
export type Posted = {
  readonly id: string;
  readonly kind: string;
  readonly about: readonly string[];
  /** The address alone. */
  readonly to: string;
  readonly subject: string;
  readonly state: LetterState;
  readonly attempts: number;
  /** ISO 8601 UTC. */
  readonly postedAt: string;
  readonly sentAt: string | null;
  readonly nextAt: string | null;
  /** Why it waits or came back, in words for the person who looks; may quote the mail server. */
  readonly error: string | null;
  /** Whether a copy may have reached its reader although it does not count as sent. */
  readonly mayHaveGone: boolean;
};

/** The post office: letters are durable here before anybody tries to deliver them. */
export interface Post {
  /**
   * Takes a letter and sets it on its way. Durable when it resolves; idempotent by `letter.id`, whatever became of the first.
   * Refusals: `money-in-output` from the egress, `letter-malformed`, `address-invalid`; then nothing was stored.
   */
  post(letter: Letter): Promise<'posted' | 'already-posted'>;
  /**
   * Takes back a letter: it is not tried (again). Whether it was caught for certain; false also for one that is on
   * the wire or may have arrived, which then needs a letter that takes it back.
   */
  recall(id: string): Promise<boolean>;
  /**
   * Drops every letter about a booking or event, those that wait and what the mailer keeps of those that went out included.
   * Idempotent. Waits for what is on the wire.
   */
  forget(about: string): Promise<void>;
  /**
   * A letter that went out never arrived: it counts as taken back, so that whoever wrote it writes it anew. Only of one that
   * was sent; `reason` is for a person. Idempotent.
   */
  cameBack(id: string, reason: string): Promise<void>;
  find(id: string): Promise<Posted | null>;
  /** Newest first, 100 unless told; `about` narrows to one booking or event. */
  list(filter: { about?: string; state?: LetterState; limit?: number }): Promise<readonly Posted[]>;
  /** Puts a returned or waiting letter back to be tried now. Refusals: `letter-unknown`, `letter-not-waiting`. */
  retry(id: string): Promise<void>;
  /** Tries everything due. Called by the tick and after each post; concurrent calls join. Resolves when nothing more is due now. */
  deliverDue(): Promise<void>;
  /** Graceful stop: finishes what is on the wire. The mailer stays open; it may serve another post. */
  close(): Promise<void>;
}
