import type { BookingId } from '#booking/booking.ts';
import type { Wishes } from './guest-wishes.ts';
import type { Publication } from './page-store.ts';

/** A booking's slug and what was published under it, as they go from one edition to another; the pages are made anew. */
export type CarriedPage = {
  readonly booking: BookingId;
  readonly slug: string;
  readonly publications: readonly Publication[];
};

/** How a guest wants to be written to. */
export type CarriedWishes = { readonly booking: string; readonly wishes: Wishes };
