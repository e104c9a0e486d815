import type { BookingId } from '#booking/booking.ts';
import type { AuditEntry, CrewEvent, CrewEventId } from './crew.ts';
import type { Told } from './told.ts';

/** What an edit makes of an event. `tell` marks that the crew has yet to be told, so that a crash cannot swallow it. */
export type Edited = {
  readonly event: CrewEvent;
  readonly entries: readonly AuditEntry[];
  readonly tell?: boolean;
};

/** A request that may be sent again: its key, and the digest of what it asked for. */
export type Once = { readonly key: string; readonly digest: string };

export type Added =
  | { readonly kind: 'added'; readonly event: CrewEvent }
  /** The booking has its event, or this very request made it before: nothing was stored. */
  | { readonly kind: 'known'; readonly event: CrewEvent; readonly by: 'booking' | 'request' }
  /** The key was used for another request: nothing was stored. */
  | { readonly kind: 'key-reused' };

/** Where crew events live. Writes are durable when they resolve; reads see every resolved write. */
export interface CrewStore {
  /** Stores a new event. A booking has at most one, and a request that is sent again makes none. */
  add(edited: Edited, once?: Once): Promise<Added>;
  find(id: CrewEventId): Promise<CrewEvent | null>;
  ofBooking(booking: BookingId): Promise<CrewEvent | null>;
  /** Events that start in [from, until) (ISO 8601), the first first. */
  starting(from: string, until: string, limit: number): Promise<readonly CrewEvent[]>;
  /** Events that are on, have this person on the roster and end after `from` (ISO 8601), the first to end first. */
  ofPerson(person: string, from: string, limit: number): Promise<readonly CrewEvent[]>;
  /**
   * Changes an event as it is at this moment, so that no concurrent change is lost. `edit` must be pure: it may run again
   * on a newer state. Null from it changes nothing; what it throws is thrown. Resolves to the event as it is now, or null if there is none.
   * `once`: the key of a request that may come again, such as a press that a phone sent without hearing an answer: from the
   * second time on nothing changes, whatever happened in between. A request that was thrown out does not count.
   */
  change(
    id: CrewEventId,
    edit: (event: CrewEvent) => Edited | null,
    once?: string,
  ): Promise<CrewEvent | null>;
  /** Whether a request with this key has been heard. */
  heard(once: string): Promise<boolean>;
  /** The history, oldest first. */
  audit(id: CrewEventId): Promise<readonly AuditEntry[]>;
  /** Events whose crew has yet to be told of a change, in no particular order. */
  untold(limit: number): Promise<readonly CrewEventId[]>;
  /** The crew was told of everything up to this revision. Nothing happens when there is a later one. */
  markTold(id: CrewEventId, revision: number): Promise<void>;
  /** What each person was last told. */
  told(id: CrewEventId): Promise<readonly Told[]>;
  /** Notes what a person is told, replacing what was noted before. */
  putTold(told: Told): Promise<void>;
}
