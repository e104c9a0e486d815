import type { Booking, BookingId, ExternalName } from './booking.ts';
import type { Heard } from './booking-store.ts';

/**
 * A booking with all that was ever said of it, as it goes from one edition to another. What a booking heard that became
 * part of another is with that other.
 */
export type CarriedBooking = {
  readonly id: BookingId;
  /** 0: only its end is known. */
  readonly revision: number;
  readonly fulfilledRevision: number;
  /** ISO 8601 UTC, as all instants here. */
  readonly firstAt: string;
  readonly absorbedBy: BookingId | null;
  readonly forgottenAt: string | null;
  readonly erased: boolean;
  readonly revisions: readonly Booking[];
  readonly heard: readonly Heard[];
};

/** A name by which a source knows a booking. */
export type CarriedName = ExternalName & { readonly booking: BookingId };

/** The booking as it stands, or null where only its end is known. */
export const standingOf = ({ revision, revisions }: CarriedBooking): Booking | null =>
  revisions.find(each => each.revision === revision) ?? null;
