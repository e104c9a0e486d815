import type { BookingId } from '#booking/booking.ts';
import type { Photo, PhotoId, PhotoLimits } from './photo.ts';

/** `admitted`: noted now. `known`: the device asked for this file before; it goes on. `full`: the page takes no more. */
export type Admission =
  | { readonly kind: 'admitted' | 'known'; readonly photo: Photo }
  | { readonly kind: 'full'; readonly limit: 'photos' | 'bytes' };

/** What is known about every photo. The pictures themselves are in the `PhotoStore`. */
export interface PhotoRecords {
  /** Notes a photo that is to come, unless its page is full, or the same mark and size were asked for before. One decision, also for many at once. */
  admit(photo: Photo, limits: PhotoLimits): Promise<Admission>;
  find(photo: PhotoId): Promise<Photo | null>;
  /** All of a trip, in no order. */
  of(booking: BookingId): Promise<readonly Photo[]>;
  /** Changes a photo as it is by then; null from `edit` leaves it. Resolves to how it stands, null for one that is gone. */
  change(photo: PhotoId, edit: (before: Photo) => Photo | null): Promise<Photo | null>;
  /** Whole and not yet developed, oldest first. */
  received(limit: number): Promise<readonly Photo[]>;
  /** Asked for before `before` (ISO 8601 UTC), and never whole or taken back by its sender. */
  abandoned(before: string, limit: number): Promise<readonly Photo[]>;
  /** How many wait for a person, by trip, longest first. */
  waiting(limit: number): Promise<readonly { readonly booking: BookingId; readonly photos: number }[]>;
  forget(photo: PhotoId): Promise<void>;
}
