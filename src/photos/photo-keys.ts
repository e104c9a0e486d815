import type { BookingId } from '#booking/booking.ts';
import { type PhotoId, photoIdPattern } from './photo.ts';
import type { PhotoKey } from './photo-store.ts';

const bookingPattern = /^bkg_[0-9a-z]{16}$/;

/** Ids are made by us and checked at every door; a path from anything else would be a defect. */
export function safeId(id: string): string {
  if (!bookingPattern.test(id) && !photoIdPattern.test(id)) throw new TypeError('not an id');
  return id;
}

/** The name of an original, as a grant fixes it; the same in either edition. */
export const originalKey = ({ booking, photo }: PhotoKey): string =>
  `originals/${safeId(booking)}/${safeId(photo)}`;

/** Which photo an original of this name is, or null for a name that is none: the inverse of `originalKey`. */
export function photoOfOriginal(name: string): PhotoKey | null {
  const [folder, booking = '', photo = '', ...more] = name.split('/');
  const isOne = folder === 'originals' && bookingPattern.test(booking) && photoIdPattern.test(photo);
  return isOne && more.length === 0 ? { booking: booking as BookingId, photo: photo as PhotoId } : null;
}

/** What a rendition may be called. */
export const renditionName = /^\d{2,4}\.(?:avif|webp|jpg)$/;
