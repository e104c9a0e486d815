import { type Clock, isoInstant } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { newSecret, type Random } from '#lib/random.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { SessionKind, SessionRecord, SessionStore } from './session-store.ts';

/** A session while its request is served. `id` is the secret in the cookie: never log it, never print it. */
export type Session = {
  readonly id: string;
  readonly person: string;
  readonly subject: string;
  readonly epoch: number;
  readonly createdAt: string;
  /** When it is over if nobody uses it, ISO 8601 UTC. */
  readonly expiresAt: string;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A session unused for this long is over. */
export const idleMs = 12 * hourMs;
/** A session this old is over however much it is used. */
export const absoluteMs = 7 * 24 * hourMs;
// Noting every use would cost a commit per page; this way a session may end up to five minutes of idling early.
const touchMs = 5 * minuteMs;

export type Sessions = ReturnType<typeof sessions>;

/** What the sessions of both doors have in common: 256 secret bits, kept as a hash, ended by idling and by age. */
export function sessions(parts: { store: SessionStore; clock: Clock; random: Random; kind: SessionKind }) {
  const { store, clock, random, kind } = parts;

  const shown = (id: string, record: SessionRecord): Session => ({
    id,
    person: record.person,
    subject: record.subject,
    epoch: record.epoch,
    createdAt: record.createdAt,
    expiresAt: isoInstant(Math.min(Date.parse(record.seenAt) + idleMs, Date.parse(record.endsAt))),
  });

  return {
    /** A fresh id every time, so nobody can plant one beforehand. `endsAt` (ISO 8601) may end it before its greatest age. */
    async begin(of: {
      person: string;
      subject: string;
      epoch: number;
      endsAt?: string | null;
    }): Promise<Session> {
      const now = clock.now();
      const id = newSecret(random, `${kind} session`, 256);
      const record: SessionRecord = {
        hash: sha256(id),
        kind,
        person: of.person,
        subject: of.subject,
        epoch: of.epoch,
        createdAt: isoInstant(now),
        seenAt: isoInstant(now),
        endsAt: isoInstant(Math.min(now + absoluteMs, of.endsAt ? Date.parse(of.endsAt) : Infinity)),
      };
      await store.add(record);
      return shown(id, record);
    },

    /** The session of an id, noting that it is in use; null when there is none or it is over. */
    async find(id: string): Promise<Session | null> {
      if (!idShape.test(id)) return null;
      const record = await store.find(sha256(id));
      const now = clock.now();
      if (record?.kind !== kind || Date.parse(shown(id, record).expiresAt) <= now) return null;
      if (now - Date.parse(record.seenAt) < touchMs) return shown(id, record);
      const seenAt = isoInstant(now);
      // A full disk must not keep people from reading; the session then merely ends earlier.
      await store.touch(record.hash, seenAt).catch(passUnavailable);
      return shown(id, { ...record, seenAt });
    },

    end: (id: string): Promise<void> => store.remove(sha256(id)),

    endAll: (person: string): Promise<void> => store.removeAll(kind, person),
  };
}

/** 256 bits in base64url. */
const idShape = /^[A-Za-z0-9_-]{43}$/;

function passUnavailable(error: unknown) {
  if (!(error instanceof Unavailable)) throw error;
}
