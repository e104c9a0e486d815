import { type Clock, isoInstant } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Links } from './links.ts';
import type { SessionStore } from './session-store.ts';
import { type Session, sessions } from './sessions.ts';

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

/** A way in, to be put into a letter or printed: the token and until when it works (ISO 8601 UTC). */
export type SignInLink = { readonly token: string; readonly expiresAt: string };

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
  const { links, clock, roleOf } = parts;
  const desk = sessions({ ...parts, kind: 'desk' });

  const asStaff = ({ id, person, subject, createdAt, expiresAt }: Session): StaffSession | null => {
    const role = roleOf(person);
    return role !== null && role === subject ? { id, person, role, createdAt, expiresAt } : null;
  };

  const issue = async (person: string): Promise<SignInLink> => {
    const until = isoInstant(clock.now() + 24 * hourMs);
    const token = await links.issue({
      purpose: 'sign-in',
      subject: 'desk',
      holder: person,
      expiresAt: until,
    });
    return { token, expiresAt: (await links.open(token))?.expiresAt ?? until };
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
      const link = await issue(person);
      if (Date.parse(link.expiresAt) - clock.now() >= hourMs) return link;
      await links.revoke('sign-in', 'desk', person);
      return issue(person);
    },

    /** Turns a sign-in token into a session; null when the token opens nothing (any more). Call it on POST only. */
    async signIn(token: string): Promise<StaffSession | null> {
      const link = await links.open(token);
      const role = link?.purpose === 'sign-in' ? roleOf(link.holder) : null;
      if (!link || role === null) return null;
      const begun = await desk.begin({ person: link.holder, subject: role, epoch: 0 });
      // Revoked while we began: its own clearing may have run before there was a session to clear.
      if (await links.open(token)) return asStaff(begun);
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
      await links.revoke('sign-in', 'desk', person);
      await desk.endAll(person);
    },
  };
}
