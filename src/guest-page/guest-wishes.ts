import type { BookingId } from '#booking/booking.ts';
import type { Language } from './languages.ts';

/** How a guest wants to be written to about a booking. */
export type Wishes = {
  /** Null: as the brand writes. */
  readonly language: Language | null;
  /** Only how the charter stands: welcome, change, cancellation. No reminders and no thanks. */
  readonly onlyNecessary: boolean;
};

export const noWishes: Wishes = { language: null, onlyNecessary: false };

/** Keeps what guests wish for their letters. */
export interface GuestWishes {
  /** `noWishes` where nobody said anything. */
  of(booking: BookingId): Promise<Wishes>;
  /** Durable when it resolves; the last word counts. */
  put(booking: BookingId, wishes: Wishes): Promise<void>;
  /** Idempotent. */
  forget(booking: BookingId): Promise<void>;
}
