import type { Booking, BookingId } from '#booking/booking.ts';
import type { BookingStore } from '#booking/booking-store.ts';
import type { Surface } from '#booking/surface.ts';
import type { Agenda, Due } from '#durable/agenda.ts';
import type { Durable } from '#durable/durable.ts';
import type { Clock } from '#lib/clock.ts';
import type { Log } from '#platform/log.ts';
import type { Side } from './side.ts';
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

/** What fulfilment works with: the other rooms, as the composition hands them over. */
export type FulfilmentParts = {
  bookings: BookingStore;
  surfaces: readonly Surface[];
  open: Side;
  owner: Side;
  agenda: Agenda;
  /** Names the state of what the books are drawn from beside the booking itself: changes with it, and says no amount. */
  booksTag: (booking: Booking) => Promise<string>;
  /** One verb per kind of agenda row. Safe to repeat. */
  verbs: Readonly<Record<DueKind, (booking: Booking) => Promise<void>>>;
  /** Does what falls due for something else than a booking, such as an answer that is awaited. Safe to repeat. */
  beside?: (due: Due) => Promise<void>;
  /** Puts a revision on its way to whatever program of the operator's wants to know. Safe to repeat. */
  announce?: (booking: Booking) => Promise<void>;
  retention: Retention;
  /** Where guests are to be erased from, beside the booking itself and the board. */
  erasure: Places;
  clock: Clock;
  log: Log;
  /** The engine, asked for late because it is opened with the workflows made here. */
  durable: () => Durable;
  /** Told after each step that may have changed a belief, for live progress. */
  onProgress: (booking: string) => void;
};
