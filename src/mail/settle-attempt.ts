import type { Handed } from './mailer.ts';

/** What the post remembers between attempts. */
export type Tries = {
  /** Failed attempts since `from`. */
  readonly made: number;
  /** Since when it is being tried, epoch ms: when it was posted, or when a person last asked for a retry. */
  readonly from: number;
  /** How many of all attempts, before a retry too, may have reached the recipient. */
  readonly unclear: number;
};

/** What becomes of the letter: the next try in epoch ms, or its end. */
export type Settled =
  | { readonly state: 'sent' }
  | { readonly state: 'waiting'; readonly nextAt: number; readonly error: string; readonly unclear: number }
  | { readonly state: 'returned'; readonly error: string; readonly unclear: number };

const minute = 60_000;
const backOffMs = [1, 5, 15, 60].map(minutes => minutes * minute);
const day = 24 * 60 * minute;

/** What is known of a hand-over that whoever began it did not live to end. */
export const cutOff: Handed = {
  kind: 'unclear',
  reason: 'Gangway was stopped while it handed the letter over: it may have arrived.',
};

/** How long a letter is tried before it is given back: what RFC 5321 section 4.5.4.1 asks for. */
export const giveUpAfterMs = 5 * day;
/** How long one that may have arrived is held: long enough for a server that was only slow to finish. */
export const holdUnclearMs = 15 * minute;

/**
 * When to try again, or when to stop. What cannot have arrived is tried after 1, 5, 15 and 60 minutes, then hourly for
 * five days. What may have arrived is sent exactly once more: never lost, and at most one copy too many.
 */
export function settleAttempt(handed: Handed, tries: Tries, now: number): Settled {
  const { unclear } = tries;
  switch (handed.kind) {
    case 'sent':
      return { state: 'sent' };
    case 'returned':
      return { state: 'returned', error: handed.reason, unclear };
    case 'unclear':
      return unclear === 0
        ? {
            state: 'waiting',
            nextAt: now + holdUnclearMs,
            error: `${handed.reason} It goes out once more, recognisable as the same letter.`,
            unclear: 1,
          }
        : {
            state: 'returned',
            error: `${handed.reason} That was the second time. Ask the recipient whether it is there before sending it again.`,
            unclear: unclear + 1,
          };
    case 'later': {
      if (now - tries.from >= giveUpAfterMs) {
        return { state: 'returned', error: `Given up after five days. ${handed.reason}`, unclear };
      }
      const delay = handed.retryAfterMs ?? backOffMs[tries.made] ?? 60 * minute;
      return { state: 'waiting', nextAt: now + delay, error: handed.reason, unclear };
    }
  }
}
