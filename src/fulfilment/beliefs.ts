import type { Belief, BeliefState, SurfaceName } from '#booking/surface.ts';

/**
 * What each surface is believed to say: the board. Two of these run side by side, one with the open surfaces and one,
 * in the money file, with the owner's, so that not even a digest of an amount rests where crew pages read.
 */
export interface Beliefs {
  /** All that is believed about a booking, or what one surface of it says. */
  of(booking: string, surface?: SurfaceName): Promise<readonly Belief[]>;
  /**
   * Writes one row, replacing what was there for this booking, surface and recipient. No crash undoes it; a power failure may,
   * until the run's own report is durable, and then the run is told again.
   */
  put(belief: Belief): Promise<void>;
  /** The same, and no power failure undoes it either. */
  putDurably(belief: Belief): Promise<void>;
  /** A letter that beliefs were waiting for went out, or came back. Rows that wait for another letter are left alone. */
  letterSettled(letter: string, outcome: LetterOutcome): Promise<readonly string[]>;
  /** Drops what is believed about a booking, but for one surface. Idempotent. */
  forget(booking: string, except?: SurfaceName): Promise<void>;
  /** Rows that are not as they should be and need time or a person, the oldest first. */
  troubled(limit: number): Promise<readonly Belief[]>;
  /** How the surfaces of each booking stand, for lists. */
  summary(bookings: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
}

export type LetterOutcome =
  | { kind: 'sent'; at: string }
  | { kind: 'waiting'; reason: string; at: string }
  | { kind: 'returned'; reason: string; at: string };

export type Standing = { stated: number; pending: number; troubled: number; withdrawn: number };

export const beliefKey = (surface: SurfaceName, recipient: string) => `${surface}\0${recipient}`;

export const emptyStanding = (): Standing => ({ stated: 0, pending: 0, troubled: 0, withdrawn: 0 });

/** Where a state counts. */
export const tally = (state: BeliefState): keyof Standing =>
  state === 'failing' || state === 'stuck' ? 'troubled' : state;

/** What a belief becomes when the letter it waits for went out, waits, or came back. */
export function settled(belief: Belief, outcome: LetterOutcome): Belief {
  switch (outcome.kind) {
    case 'sent':
      return {
        ...belief,
        state: belief.desiredDigest === null ? 'withdrawn' : 'stated',
        statedRevision: belief.desiredRevision,
        statedDigest: belief.desiredDigest,
        awaiting: null,
        error: null,
        at: outcome.at,
      };
    case 'waiting':
      return { ...belief, error: { code: 'letter-waiting', message: outcome.reason }, at: outcome.at };
    case 'returned':
      return {
        ...belief,
        state: 'stuck',
        error: { code: 'letter-returned', message: outcome.reason },
        at: outcome.at,
      };
  }
}
