/** Which door a session belongs to. */
export type SessionKind = 'desk' | 'crew' | 'pay';

/** A session as it is kept: by the hash of its id, never the id. Instants are ISO 8601 UTC. */
export type SessionRecord = {
  readonly hash: string;
  readonly kind: SessionKind;
  readonly person: string;
  /** The role at the desk, the crew event, or `pay`. */
  readonly subject: string;
  /** The generation of the crew link it came from; 0 at the other doors. */
  readonly epoch: number;
  readonly createdAt: string;
  /** When it was last used, to within a few minutes. */
  readonly seenAt: string;
  /** When it is over however much it is used. */
  readonly endsAt: string;
};

/** Keeps sessions. Every answer is current: what `remove` or `removeAll` ended is not found from then on. */
export interface SessionStore {
  /** Keeps a new session, and may forget those that ended before it was created. */
  add(record: SessionRecord): Promise<void>;
  find(hash: string): Promise<SessionRecord | null>;
  /** Moves `seenAt`. Nothing happens if the session is gone: it does not come back. */
  touch(hash: string, seenAt: string): Promise<void>;
  /** Idempotent. */
  remove(hash: string): Promise<void>;
  /** Ends every session this person has at this door. Idempotent. */
  removeAll(kind: SessionKind, person: string): Promise<void>;
}
