import type { BookingId } from '#booking/booking.ts';
import { inOrder, type Photo } from './photo.ts';
import type { PhotoRecords } from './photo-records.ts';

/** What guests of a trip see, in the order in which it was taken. */
export const galleryOf = async (
  records: Pick<PhotoRecords, 'of'>,
  booking: BookingId,
): Promise<readonly Photo[]> =>
  (await records.of(booking)).filter(({ state }) => state === 'shown').sort(inOrder);
