import type { Announcement, AnnouncementId, Sending } from './announcement.ts';

export type Tried =
  | { readonly kind: 'delivered'; readonly status: number }
  /** `nextAt`: when it is tried again; null: never by itself. */
  | {
      readonly kind: 'not taken';
      readonly status: number | null;
      readonly reason: string;
      readonly nextAt: string | null;
    };

/** An endpoint that said it wants nothing more. */
export type Disabled = { readonly endpoint: string; readonly at: string; readonly reason: string };

/** What is to be announced and how far that is. Writes are durable when they resolve. */
export interface AnnouncementStore {
  /** Keeps something that happened, due at each of these endpoints. False, and nothing changes, when its key is known. */
  announce(
    what: Omit<Announcement, 'id'>,
    to: readonly { readonly endpoint: string; readonly dueAt: string }[],
  ): Promise<boolean>;
  /** The highest revision of a booking that was announced; null when none was. */
  announced(booking: string): Promise<number | null>;
  /** What is due now, oldest first; nothing of endpoints that are disabled. */
  due(limit: number): Promise<readonly Sending[]>;
  /** When the next one falls due, ISO 8601 UTC. */
  nextDue(): Promise<string | null>;
  tried(id: AnnouncementId, endpoint: string, how: Tried): Promise<void>;
  /** The log, newest first. */
  list(filter: { endpoint?: string; state?: Sending['state']; limit: number }): Promise<readonly Sending[]>;
  find(id: AnnouncementId): Promise<readonly Sending[]>;
  /** Makes one due now, whatever it was. False when there is none. */
  replay(id: AnnouncementId, endpoint: string): Promise<boolean>;
  disable(endpoint: string, reason: string): Promise<void>;
  /** Sends to it again, beginning with what has waited. */
  enable(endpoint: string): Promise<void>;
  disabled(): Promise<readonly Disabled[]>;
  /** Drops everything about a booking. Idempotent. */
  forget(booking: string): Promise<void>;
}
