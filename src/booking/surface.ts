import type { Booking } from './booking.ts';

/** The places where people read about a booking. The same words stand on the board, in logs and in step names. */
export const surfaceNames = [
  'crew event',
  'crew letter',
  'calendar entry',
  'calendar server',
  'person feed',
  'vessel feed',
  'guest page',
  'guest letter',
  'ledger',
  'owner letter',
  'captain letter',
] as const;
export type SurfaceName = (typeof surfaceNames)[number];

/** What a surface should say to one recipient at one revision. Equal digests mean equal statements. */
export type Statement = {
  /** The person id, address or vessel it is said to; `-` where the surface speaks to nobody in particular. */
  readonly recipient: string;
  readonly digest: string;
};

/** What a surface is known to say: the row behind the board. */
export type Belief = {
  readonly booking: string;
  readonly surface: SurfaceName;
  readonly recipient: string;
  readonly desiredRevision: number;
  /** Null when it should say nothing (any more). */
  readonly desiredDigest: string | null;
  readonly statedRevision: number | null;
  readonly statedDigest: string | null;
  readonly state: BeliefState;
  /** When the state last changed, ISO 8601 UTC. */
  readonly at: string;
  readonly attempts: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Where to look at it, if it has an address that is no secret. */
  readonly url: string | null;
  /** The letter that has to go out before it is stated, while `pending`. */
  readonly awaiting: string | null;
};

/**
 * `stated`: it says what it should. `pending`: on its way. `failing`: tried, will be tried again.
 * `stuck`: given up until a person retries. `withdrawn`: no longer says anything, or says that it is off.
 */
export type BeliefState = 'pending' | 'stated' | 'failing' | 'stuck' | 'withdrawn';

/** `stated` when done; `posted` when a letter says it, which is durable in the post but has yet to go out. */
export type Made =
  | { readonly state: 'stated'; readonly url?: string }
  | { readonly state: 'posted'; readonly letter: string };

/**
 * One place where a booking shows. Fulfilment asks what it should say, compares with what it is believed to say,
 * and makes the difference good; the surface never decides by itself when to speak.
 */
export interface Surface<S extends Statement = Statement> {
  readonly name: SurfaceName;
  /** `owner` surfaces may know amounts; their beliefs are kept with the money. */
  readonly fence: 'open' | 'owner';
  /**
   * What it changes lies outside the database its beliefs are kept in, so that it is noted durably before it is done:
   * else a page could stand that nobody knows of. A letter lies inside: it is in the post before it goes out.
   */
  readonly reachesOutside?: true;
  /**
   * Whoever drops out while the booking is on is left in silence, as an address that was corrected; so `withdraw` is asked
   * about them once more when it is off. They may be the one it is about again, of whom the last word was that it is on.
   */
  readonly dropsInSilence?: true;
  /**
   * Somebody may come back to what it said long after: where a booking that was off turns out to be another one, `absorbed`
   * is asked all the same, so that they are led there.
   */
  readonly leadsOn?: true;
  /** What should be said about this booking now, to whom; nothing for a cancelled one. No side effects. */
  desired(booking: Booking): Promise<readonly S[]>;
  /**
   * Puts by what its statement needs and must not be lost once it stands outside, such as the address of a page. Asked
   * beside the durable note that it is about to reach outside, so that both share a commit. Safe to repeat.
   */
  prepare?(booking: Booking): Promise<unknown>;
  /** Makes it say so. Safe to repeat: the same statement twice has the effect of once. `before` is what it is believed to have said. */
  state(booking: Booking, statement: S, before: Belief | null): Promise<Made>;
  /** Makes it stop, or say that it is off, towards this recipient. Safe to repeat. */
  withdraw(booking: Booking, before: Belief): Promise<Made>;
  /**
   * The booking turned out to be another one, which speaks for both from now on: nobody is told that the trip is off.
   * A surface without this withdraws; a letter is simply not written.
   */
  absorbed?(booking: Booking, into: Booking, before: Belief): Promise<Made>;
  /** The digest of what it says right now by its own storage, or null. For reconciliation. */
  readBack(booking: Booking, recipient: string): Promise<string | null>;
  /**
   * Whether what was put in place for this recipient is still there just as it was put, a notice that the trip is off
   * included. For surfaces whose storage others can reach; the rest leave it out.
   */
  inPlace?(booking: Booking, recipient: string): Promise<boolean>;
}

export const nobody = '-';
