import { type Clock, isoInstant } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Links } from './links.ts';
import type { SessionStore } from './session-store.ts';
import { type Session, sessions } from './sessions.ts';
import { type SignInLink, signInLinks } from './sign-in-links.ts';

export type Payees = ReturnType<typeof payees>;

/** How long the link in the letter works, and how long what it opened stays open however much it is used. */
export const payMs = 15 * 60_000;

/**
 * Who may read their own pay: somebody of the configuration, by a link that works for a quarter of an hour, then by a
 * session of the same length. Neither the links of crew events nor the desk's lead here, and a payee's lead nowhere else.
 */
export function payees(parts: {
  store: SessionStore;
  links: Links;
  clock: Clock;
  random: Random;
  /** Whether the configuration knows this person now; asked on every request. */
  isKnown: (person: string) => boolean;
}) {
  const { clock, isKnown } = parts;
  const doors = sessions({ ...parts, kind: 'pay' });
  const links = signInLinks({ ...parts, purpose: 'pay', subject: 'pay', windowMs: payMs, restMs: payMs / 3 });

  return {
    /** The link for this person's letter. Throws the refusal `not-a-payee`. */
    async signInLink(person: string): Promise<SignInLink> {
      if (!isKnown(person)) {
        throw new Refusal(
          'not-a-payee',
          'Only somebody of the configuration has pay to look at.',
          'Name a person of the configuration by id.',
        );
      }
      return links.for(person);
    },

    /** Turns a token into a session; null when the token opens nothing (any more). Call it on POST only. */
    async signIn(token: string): Promise<Session | null> {
      const person = await links.holder(token);
      if (person === null || !isKnown(person)) return null;
      const endsAt = isoInstant(clock.now() + payMs);
      const begun = await doors.begin({ person, subject: 'pay', epoch: 0, endsAt });
      // Revoked while we began: its own clearing may have run before there was a session to clear.
      if ((await links.holder(token)) !== null) return begun;
      await doors.end(begun.id);
      return null;
    },

    /** The session of a cookie, or null when there is none, it is over, or the person is gone from the configuration. */
    async session(id: string): Promise<Session | null> {
      const session = await doors.find(id);
      return session && isKnown(session.person) ? session : null;
    },

    /** Idempotent. */
    signOut: (id: string): Promise<void> => doors.end(id),

    /** Ends every session and the link of a person, at once. Idempotent. */
    async revokeAll(person: string): Promise<void> {
      await links.revoke(person);
      await doors.endAll(person);
    },
  };
}
