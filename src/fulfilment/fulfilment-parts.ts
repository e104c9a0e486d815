import type { Booking, BookingId } from '#booking/booking.ts';
import type { Agenda, Due } from '#durable/agenda.ts';
import type { Starting } from '#durable/durable.ts';
import type { Clock } from '#lib/clock.ts';
import type { Side } from './side.ts';
import type { SpeakingParts } from './speaking.ts';
import type { DueKind, Retention } from './timeline.ts';

/** Where guests stand, beside the booking itself and the board. Everything may be repeated. */
export type Places = {
  /** Each takes the guest of a booking away from one place. */
  places: readonly ((booking: BookingId) => Promise<void>)[];
  /** Takes away what came in before this instant (ISO 8601 UTC) and never became part of a booking; returns how much it was. */
  unclaimed: (before: string) => Promise<number>;
  /** Overwrites what the databases still hold of things deleted. */
  scrub: () => Promise<void>;
};

/** The way over the money fence: the books are told ids and answer nothing. Durable when it resolves; safe to repeat. */
export type BooksDoor = {
  /** The crew of a booking is settled as far as it goes: its books are to be drawn up. */
  open(booking: string): Promise<void>;
  /** Goes over the books of a booking again, if there are any. */
  again(booking: BookingId): Promise<void>;
};

/** What either side works with: the other rooms, as the composition hands them over. */
export type EitherParts = SpeakingParts & {
  /** The engine, asked for late because it is opened with the workflows made here. */
  durable: () => Starting;
};

/** What crew and guests are told with. */
export type OpenParts = EitherParts & {
  open: Side;
  agenda: Agenda;
  books: BooksDoor;
  /** One verb per kind of agenda row. Safe to repeat. */
  verbs: Readonly<Record<DueKind, (booking: Booking) => Promise<void>>>;
  /** Does what falls due for something else than a booking, such as an answer that is awaited. Safe to repeat. */
  beside?: (due: Due) => Promise<void>;
  /** Puts a revision on its way to whatever program of the operator's wants to know. Safe to repeat. */
  announce?: (booking: Booking) => Promise<void>;
  retention: Retention;
  clock: Clock;
};

/** What the books are kept with. */
export type BookkeepingParts = EitherParts & {
  owner: Side;
  /** Names the state of what the books are drawn from beside the booking itself: changes with it, and says no amount. */
  booksTag: (booking: Booking) => Promise<string>;
};

/** Both sides in one hand, and where guests are to be erased from beside the booking itself and the board. */
export type FulfilmentParts = Omit<OpenParts, 'books'> & BookkeepingParts & { erasure: Places };
