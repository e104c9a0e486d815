import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Links } from './links.ts';
import type { SessionStore } from './session-store.ts';
import { type Session, sessions } from './sessions.ts';
import { type SignInLink, signInLinks } from './sign-in-links.ts';

/** `owner` sees everything; `operator` runs the boats without the books. */
export type StaffRole = 'owner' | 'operator';

/** Somebody at the desk. `id` is the secret in the cookie. */
export type StaffSession = {
  readonly id: string;
  readonly person: string;
  readonly role: StaffRole;
  readonly createdAt: string;
  readonly expiresAt: string;
};

export type Staff = ReturnType<typeof staff>;

const hourMs = 3_600_000;

/**
 * Who may work at the desk: by a link that works for a day, then by a session (12 hours unused, 7 days at most).
 * `roleOf` says what the configuration makes of a person now; it is asked on every request, so taking a role away ends the session.
 */
export function staff(parts: {
  store: SessionStore;
  links: Links;
  clock: Clock;
  random: Random;
  roleOf: (person: string) => StaffRole | null;
}) {
  const { roleOf } = parts;
  const desk = sessions({ ...parts, kind: 'desk' });
  const links = signInLinks({
    ...parts,
    purpose: 'sign-in',
    subject: 'desk',
    windowMs: 24 * hourMs,
    restMs: hourMs,
  });

  const asStaff = ({ id, person, subject, createdAt, expiresAt }: Session): StaffSession | null => {
    const role = roleOf(person);
    return role !== null && role === subject ? { id, person, role, createdAt, expiresAt } : null;
  };

  return {
    /**
     * The link with which this person signs in. Works for a day from when it was first asked for and any number of times in it,
     * so a mail scanner burns nothing; asked for again in its last hour, it is a new one. Throws the refusal `not-staff`.
     */
    async signInLink(person: string): Promise<SignInLink> {
      if (roleOf(person) === null) {
        throw new Refusal(
          'not-staff',
          'Only an owner or an operator can sign in at the desk.',
          'Name a person of the configuration who has the role owner or operator.',
        );
      }
      return links.for(person);
    },

    /** Turns a sign-in token into a session; null when the token opens nothing (any more). Call it on POST only. */
    async signIn(token: string): Promise<StaffSession | null> {
      const person = await links.holder(token);
      const role = person === null ? null : roleOf(person);
      if (person === null || role === null) return null;
      const begun = await desk.begin({ person, subject: role, epoch: 0 });
      // Revoked while we began: its own clearing may have run before there was a session to clear.
      if ((await links.holder(token)) !== null) return asStaff(begun);
      await desk.end(begun.id);
      return null;
    },

    /** The session of a cookie, or null when there is none, it is over, or the person has another role by now. */
    async session(id: string): Promise<StaffSession | null> {
      const session = await desk.find(id);
      return session ? asStaff(session) : null;
    },

    /** Idempotent. */
    signOut: (id: string): Promise<void> => desk.end(id),

    /** Ends every session and the sign-in link of a person, at once. Idempotent. */
    async revokeAll(person: string): Promise<void> {
      // The link first: the other way round somebody could come in through it in between.
      await links.revoke(person);
      await desk.endAll(person);
    },
  };
}
