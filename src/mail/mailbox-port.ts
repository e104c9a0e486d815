import type { Address } from './letter.ts';

/** A letter in the web mailbox's list. */
export type MailboxEntry = {
  /** The letter's name in the mailbox, safe in a path; not the id it was posted under. */
  readonly id: string;
  readonly to: Address;
  readonly subject: string;
  readonly kind: string;
  /** ISO 8601 UTC, to the second. */
  readonly at: string;
};

/** The letters of an outbox, to be read in the browser by those who run without a mail server. */
export interface Mailbox {
  /** Newest first, the newest 1,000. */
  list(): Promise<readonly MailboxEntry[]>;
  /** The whole letter as RFC 822 bytes, or null. */
  find(id: string): Promise<Uint8Array | null>;
}
