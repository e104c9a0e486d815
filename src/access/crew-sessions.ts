import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import type { Links } from './links.ts';
import type { SessionStore } from './session-store.ts';
import { type Session, sessions } from './sessions.ts';

/** Somebody of the crew with one crew event open. `id` is the secret in the cookie. */
export type CrewSession = {
  readonly id: string;
  readonly person: string;
  readonly event: string;
  readonly createdAt: string;
  readonly expiresAt: string;
};

export type CrewSessions = ReturnType<typeof crewSessions>;

/** A phone remembers this many events; who opens more opens the letter again. */
const eventsHeld = 8;

/**
 * Crew come in by the link in their letter, one session per crew event. A session holds only while its link does:
 * every request compares the generation, so revoking the link ends what was opened with it at once.
 * The cookie (`held`) is the ids of all events open on that device, newest first.
 */
export function crewSessions(parts: { store: SessionStore; links: Links; clock: Clock; random: Random }) {
  const { links } = parts;
  const crew = sessions({ ...parts, kind: 'crew' });

  const session = async (id: string): Promise<CrewSession | null> => {
    const found = await crew.find(id);
    if (!found || (await links.epoch('crew', found.subject, found.person)) !== found.epoch) return null;
    return asCrew(found);
  };

  const open = async (held: string | null): Promise<CrewSession[]> =>
    (await Promise.all(idsIn(held).map(session))).filter(found => found !== null);

  return {
    /**
     * Opens a crew event with the token of its link; null when the token opens nothing (any more). Call it on POST only.
     * `cookie` is what the device keeps from now on: this event beside the others it had open.
     */
    async signIn(
      token: string,
      held: string | null,
    ): Promise<{ session: CrewSession; cookie: string } | null> {
      const link = await links.open(token);
      if (link?.purpose !== 'crew') return null;
      const begun = await crew.begin({
        person: link.holder,
        subject: link.subject,
        epoch: link.epoch,
        endsAt: link.expiresAt,
      });
      const before = await open(held);
      const others = before.filter(other => other.event !== link.subject).slice(0, eventsHeld - 1);
      const over = before.filter(other => !others.includes(other));
      await Promise.all(over.map(other => crew.end(other.id)));
      return { session: asCrew(begun), cookie: [begun.id, ...others.map(other => other.id)].join('.') };
    },

    /** The open session for this event, or the newest when no event is named; null when there is none. */
    async session(held: string | null, event?: string): Promise<CrewSession | null> {
      return (await open(held)).find(found => event === undefined || found.event === event) ?? null;
    },

    /** Every event open on this device, newest first. */
    sessions: open,

    /** Ends all that the device holds. Idempotent. */
    async signOut(held: string | null): Promise<void> {
      await Promise.all(idsIn(held).map(crew.end));
    },
  };
}

const idsIn = (held: string | null) => (held ? held.split('.', eventsHeld) : []);

const asCrew = ({ id, person, subject, createdAt, expiresAt }: Session): CrewSession => ({
  id,
  person,
  event: subject,
  createdAt,
  expiresAt,
});
