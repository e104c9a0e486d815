import type { BookingId } from '#booking/booking.ts';
import type { CalendarEntry, CalendarEntryId, EntryFacts } from './calendar-entry.ts';

/** What an entry is known by. */
export type EntryKeys = {
  readonly booking: BookingId | null;
  /** Names of the charter outside; an entry made under one of them before its booking was known is the booking's. */
  readonly names: readonly string[];
};

export type Entered = {
  readonly entry: CalendarEntry;
  readonly outcome: 'entered' | 'changed' | 'unchanged';
};

/** Where the house's calendar lives. Writes are durable when they resolve; reads see every resolved write. */
export interface CalendarStore {
  /**
   * Finds the entry of this booking or charter, or begins one, and makes it say what `edit` wants. Where the keys lead
   * to several entries they become one, which keeps whatever note there was. With no keys at all it is a new entry.
   * `edit` must be pure; what it throws is thrown and nothing is stored. Saying the same again changes nothing.
   */
  enter(keys: EntryKeys, edit: (before: CalendarEntry | null) => EntryFacts): Promise<Entered>;
  /** Changes an entry as it is at this moment; null when there is none. `edit` as above. */
  change(id: CalendarEntryId, edit: (before: CalendarEntry) => EntryFacts): Promise<Entered | null>;
  find(id: CalendarEntryId): Promise<CalendarEntry | null>;
  ofBooking(booking: BookingId): Promise<CalendarEntry | null>;
  /** Erases the guest's name and whatever note was typed from the entry of a booking; the day and the vessel stay. Idempotent. */
  forget(booking: BookingId): Promise<void>;
  /** Entries that touch a day from `from` to `to` (local days, both included), by date, then start; cancelled ones too. */
  list(from: string, to: string): Promise<readonly CalendarEntry[]>;
}
