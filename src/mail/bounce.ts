import type { MailTrouble } from './suppressed.ts';

/**
 * What RFC 3463 calls a status that is about the mailbox: it does not exist, moved away or is disabled. Not one that is full
 * (5.2.2), and none that is about us or what we wrote (5.7.x): those would suppress everybody at a provider in a bad mood.
 */
const noSuchMailbox = /^5\.(1\.(0|1|2|3|6|10)|2\.1)$/;

/** Whether an enhanced status code (`5.1.1`) says that no letter to the address can arrive. */
export const isNoSuchMailbox = (status: string): boolean => noSuchMailbox.test(status);

/**
 * The same for the answer of a mail server to RCPT, `550 5.1.1 no such user`. Without an enhanced code the words decide:
 * 550 is also said to whom a server does not know, or does not like.
 */
export function saysNoSuchMailbox(reply: string): boolean {
  const status = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(reply)?.[0];
  if (status) return isNoSuchMailbox(status);
  return (
    /^55[013]\b/.test(reply) &&
    /no such|unknown|not (found|exist)|does ?n.t exist|invalid (user|mailbox|rec)/i.test(reply)
  );
}

/** What a bounce with this status is; null for one that is only about a delay. */
export function troubleOf(status: string): Exclude<MailTrouble['why'], 'complaint'> | null {
  if (!/^5\.\d{1,3}\.\d{1,3}$/.test(status)) return null;
  return isNoSuchMailbox(status) ? 'bounce' : 'returned';
}
