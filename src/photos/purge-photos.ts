import type { BookingId } from '#booking/booking.ts';
import type { PhotoRecords } from './photo-records.ts';
import type { PhotoStore } from './photo-store.ts';

/** Takes every photo of a trip away, and what was known about them. For the end of retention. Idempotent. */
export async function purgePhotos(
  { records, store }: { records: PhotoRecords; store: PhotoStore },
  booking: BookingId,
): Promise<void> {
  const photos = await records.of(booking);
  if (photos.length === 0) return;
  await store.removeAll(booking);
  for (const { id } of photos) await records.forget(id);
}
