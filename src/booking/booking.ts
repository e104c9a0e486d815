import type { ZonedTime } from '#lib/zoned.ts';
import type { CharterMode } from './fleet.ts';

export type BookingId = `bkg_${string}`;

/**
 * A charter somebody booked: a fact with a revision. It holds no amount and no free text of the source,
 * so nothing made from it can leak one. Its identity never derives from a date, a time or a name.
 */
export type Booking = {
  readonly id: BookingId;
  /** Starts at 1 and rises by one for each real change; a repeat changes nothing. */
  readonly revision: number;
  readonly brand: string;
  readonly vessel: string;
  readonly status: BookingStatus;
  readonly start: ZonedTime;
  readonly end: ZonedTime;
  readonly guest: Guest;
  /** Passengers, the guest included; crew do not count. */
  readonly partySize: number;
  readonly charterMode: CharterMode;
  /** Every name this booking goes by outside, oldest first: a reschedule may arrive under a new one. */
  readonly names: readonly ExternalName[];
  /** For each field that was ever set: the message that set it, for the desk. */
  readonly origins: Readonly<Partial<Record<BookingField, Origin>>>;
  /** When this revision was recorded, ISO 8601 UTC. */
  readonly recordedAt: string;
  /** When the guest was forgotten, ISO 8601 UTC; absent while the guest is known. From then on nothing changes any more. */
  readonly forgottenAt?: string;
};

export type BookingStatus = 'tentative' | 'confirmed' | 'cancelled';

export type Guest = {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
};

/** What stands in the place of a guest who was forgotten. */
export const forgottenGuest: Guest = { name: 'Name erased', email: null, phone: null };

export type ExternalName = { readonly source: string; readonly externalId: string };

/** The fields a message may set. */
export type BookingField =
  | 'vessel'
  | 'status'
  | 'start'
  | 'end'
  | 'guestName'
  | 'guestEmail'
  | 'guestPhone'
  | 'partySize';

/** Which message said so, and when it happened there (ISO 8601 UTC). */
export type Origin = { readonly source: string; readonly message: string; readonly at: string };

/** First word of the guest's name, as crew and letters use it. */
export const firstNameOf = (guest: Guest): string => guest.name.trim().split(/\s+/)[0] ?? guest.name;
