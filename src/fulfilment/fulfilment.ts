import type { Booking, BookingId } from '#booking/booking.ts';
import type { Workflow } from '#durable/durable.ts';
import { bookkeeping } from './bookkeeping.ts';
import type { Drive } from './drives.ts';
import { eraser } from './erase-guests.ts';
import type { BooksDoor, FulfilmentParts } from './fulfilment-parts.ts';
import { openFulfilment } from './open-fulfilment.ts';
import { type Drift, mend, type ReconcileParts, type Reconciliation, reconcile } from './reconcile.ts';

/** Fulfilment as the rest of the program asks for it. */
export type Fulfilling = {
  /** Starts making a booking true at its present revision. Durable when it resolves; safe to repeat. */
  fulfil(booking: Booking): Promise<void>;
  /** Something was said about a booking's amounts: the books are drawn up again, if they have been opened. */
  rebook(booking: BookingId): Promise<void>;
  /** Goes over every surface of a booking again now: a person asked for it, or the roster changed. Safe at any moment. */
  again(booking: BookingId): Promise<void>;
  /** Starts fulfilment wherever a revision is not fulfilled and nobody has started it. */
  catchUp(): Promise<void>;
  /**
   * Goes over everything that was under way when the last process ended. Not only carried on but run anew, because after a
   * power failure the engine may remember steps whose effects are lost; what is still true costs nothing. Once, at start.
   */
  resume(): Promise<void>;
  /** Drives what is due, does what the agenda says. Safe at any moment. */
  tick(): Promise<void>;
  /** As much of the tick as only this side of the money fence can do, where the other side ticks by itself. */
  tickBooks(): Promise<void>;
  /** The way in for those who may hand over ids alone. */
  books: BooksDoor;
  /**
   * Erases the guest of a booking everywhere, now. From then on nothing is said about it; its ledger stays. Safe to repeat.
   * Throws Unavailable where a place could not be reached: the tick goes on with it.
   */
  forget(booking: BookingId): Promise<void>;
  /** Bookings that were given up on, either side. */
  stuck(limit: number): Promise<readonly Drive[]>;
  /** Makes everything due that failed before and waits for another try. */
  hurry(): Promise<void>;
  /** Gives up what failed and waits for another try, until a person retries; returns how many bookings that concerns. */
  shelve(): Promise<number>;
  /** Reads back what every surface says. Changes nothing. */
  reconcile(): Promise<Reconciliation>;
  /** Has what has drifted said again. The mending goes on by itself after it resolves. */
  mend(drift: readonly Drift[]): Promise<void>;
};

export type FulfilmentRoom = Fulfilling & {
  workflows: Readonly<Record<`${string}@${number}`, Workflow>>;
};

/** Both sides of the fence in one process, and what concerns both: erasing and reading back. */
export function fulfilment(parts: FulfilmentParts): FulfilmentRoom {
  const { bookings, open, owner, clock, log, inTurn } = parts;
  const erasing = eraser(parts, inTurn);
  const books = bookkeeping(parts);
  const seen = openFulfilment({ ...parts, books });

  const reading: ReconcileParts = {
    bookings,
    surfaces: parts.surfaces,
    open,
    owner,
    clock,
    log,
    inTurn,
    again: seen.again,
    tagOf: async (fence, booking) => (fence === 'owner' ? books.tagOf(booking) : String(booking.revision)),
  };

  return {
    workflows: { ...seen.workflows, ...books.workflows } as unknown as FulfilmentRoom['workflows'],
    fulfil: ({ id }) => seen.fulfil(id),
    rebook: books.rebook,
    again: seen.again,
    catchUp: seen.catchUp,
    async resume() {
      await seen.resume();
      await books.resume();
    },
    books,
    async tickBooks() {
      await books.drive();
      await erasing.sweep();
    },
    async tick() {
      await seen.catchUp();
      await seen.drive();
      await books.drive();
      await seen.actOnAgenda();
      await erasing.sweep();
    },
    forget: erasing.forget,
    async stuck(limit) {
      return [...(await open.drives.stuck(limit)), ...(await owner.drives.stuck(limit))];
    },
    async hurry() {
      for (const { drives } of [open, owner]) await drives.hurry();
    },
    async shelve() {
      return new Set([...(await seen.shelve()), ...(await books.shelve())]).size;
    },
    reconcile: () => reconcile(reading),
    mend: drift => mend(reading, drift),
  };
}
