import type { Letter } from './letter.ts';

/**
 * Something that was heard of a letter after it had left. `bounce`: there is no such mailbox. `complaint`: its reader called
 * it junk. `returned`: it came back for another reason (too large, refused by a rule), which says nothing about the next.
 */
export type MailTrouble = {
  readonly why: 'bounce' | 'complaint' | 'returned';
  readonly address: string;
  /** When it was heard of, ISO 8601 UTC. */
  readonly at: string;
  /** In the words of whoever said it, for a person. */
  readonly said: string;
};

/** An address in trouble. `open` until a person has looked; `kept`: seen, and stays as it is; `allowed`: used again. */
export type Suppression = MailTrouble & {
  readonly state: 'open' | 'kept' | 'allowed';
  /** Who decided and when; null while open. */
  readonly decided: { readonly by: string; readonly at: string } | null;
};

/** The addresses that letters came back from or were complained about at. One entry an address, however it is capitalised. */
export interface Suppressed {
  /**
   * Notes a trouble. What is heard again changes nothing, and so does less than what is known: a bounce outweighs a
   * complaint, which outweighs a letter that came back. Whether a person has something new to look at. Durable.
   */
  add(trouble: MailTrouble): Promise<boolean>;
  find(address: string): Promise<Suppression | null>;
  /** Newest first; those that were allowed again only where asked for. */
  list(filter: { limit: number; allowed?: boolean }): Promise<readonly Suppression[]>;
  /** What a person decides about an address. Refusal `address-not-suppressed`. */
  decide(
    address: string,
    state: 'open' | 'kept' | 'allowed',
    decided: { by: string; at: string },
  ): Promise<Suppression>;
  /** Drops all that is known of an address. Idempotent. */
  forget(address: string): Promise<void>;
}

/** One mailbox, however it is written. */
export const mailboxOf = (address: string): string => address.trim().toLowerCase();

/** What stands after a trouble is heard of; null where it is no news. */
export function after(before: Suppression | null, trouble: MailTrouble): Suppression | null {
  const isNews = !before || before.state === 'allowed' || weight[trouble.why] > weight[before.why];
  return isNews ? { ...trouble, address: mailboxOf(trouble.address), state: 'open', decided: null } : null;
}

const weight = { returned: 0, complaint: 1, bounce: 2 } as const;

/**
 * Why this letter is not handed over, in words for the desk; null when it may go. A mailbox that does not exist gets nothing.
 * Whoever complained gets what says how their charter or duty stands, and nothing that can be unsubscribed from.
 */
export function withheld(of: Suppression | null, letter: Pick<Letter, 'unsubscribe'>): string | null {
  if (!of || of.state === 'allowed' || of.why === 'returned') return null;
  if (of.why === 'complaint' && letter.unsubscribe === undefined) return null;
  const what = of.why === 'bounce' ? 'address bounced' : 'the reader complained';
  return `Withheld: ${what}. ${of.said} Correct the address, or have it used again under Failures.`;
}
