import type { Letter } from './letter.ts';

/** How handing a letter over went. `reason` is for a person and may quote the mail server's own words. */
export type Handed =
  /** The other side took it over. */
  | { readonly kind: 'sent' }
  /**
   * Nothing was accepted, and another try may succeed. `blocks` says what stands in the way: `all` when any letter
   * would have met it (server down, login refused, disk full), `letter` when it is about this one (greylisting).
   */
  | {
      readonly kind: 'later';
      readonly reason: string;
      readonly blocks: 'letter' | 'all';
      /** When the other side said how long to wait. */
      readonly retryAfterMs?: number;
    }
  /** The connection broke between the final dot and its answer: it may have arrived (RFC 1047). */
  | { readonly kind: 'unclear'; readonly reason: string }
  /** Refused for good: trying the same letter again cannot help without a person. */
  | {
      readonly kind: 'returned';
      readonly reason: string;
      /** The other side said that there is no such mailbox: no letter to it can arrive. */
      readonly noSuchMailbox?: true;
    };

/** Hands letters to the world: a folder, an SMTP server, a cloud's mail service. */
export interface Mailer {
  /**
   * Whether handing the same letter over again has the effect of once, even across a crash. Where it has not
   * (no mail protocol has), the post notes each attempt before it is made, and treats a cut-off one as `unclear`.
   */
  readonly exactlyOnce: boolean;
  /**
   * Hands one letter to its one recipient, with the Message-ID that belongs to `letter.id`. Safe to call at the same time
   * for many letters. What goes wrong outside is an outcome; refusals (`letter-malformed`, `address-invalid`) are thrown.
   */
  send(letter: Letter): Promise<Handed>;
  /** Takes away what it keeps of a letter itself, if it keeps anything; what it handed on is out of its reach. Idempotent. Throws Unavailable. */
  forget?(letterId: string): Promise<void>;
  /** Drops its connections. A letter still on the wire becomes `later` or `unclear`, so close the post first. */
  close(): Promise<void>;
}
