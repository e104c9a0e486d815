import type { Letter } from './letter.ts';

/** Where a letter is. `waiting`: to be tried (again) at `nextAt`; `returned`: refused for good, a person must look. */
export type LetterState = 'waiting' | 'sent' | 'returned' | 'recalled';

export type Posted = {
  readonly id: string;
  readonly kind: string;
  readonly about: readonly string[];
  readonly to: string;
  readonly subject: string;
  readonly state: LetterState;
  readonly attempts: number;
  /** ISO 8601 UTC. */
  readonly postedAt: string;
  readonly sentAt: string | null;
  readonly nextAt: string | null;
  readonly error: string | null;
};

/** The post office: letters are durable here before anybody tries to deliver them. */
export interface Post {
  /** Takes a letter. Durable when it resolves; idempotent by `letter.id`. Throws the refusal `money-in-output` from the egress. */
  post(letter: Letter): Promise<'posted' | 'already-posted'>;
  /** Takes back a letter that has not gone out. Returns whether it was caught. */
  recall(id: string): Promise<boolean>;
  find(id: string): Promise<Posted | null>;
  /** Newest first; `about` narrows to one booking or event. */
  list(filter: { about?: string; state?: LetterState; limit?: number }): Promise<readonly Posted[]>;
  /** Puts a returned or waiting letter back to be tried now. */
  retry(id: string): Promise<void>;
  /** Tries everything due. Called by the tick and after each post; concurrent calls join. Resolves when nothing more is due now. */
  deliverDue(): Promise<void>;
  /** Graceful stop: finishes what is on the wire. */
  close(): Promise<void>;
}
