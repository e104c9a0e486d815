import * as z from 'zod';
import type { BookingId } from '#booking/booking.ts';
import { bookingMeant } from '#booking/speak-for-desk.ts';
import { type PhotoDecisions, decisions as places } from '#photos/decide-photos.ts';
import type { Photo } from '#photos/photo.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { bookingIdShape, type Operations, operation, text } from './operations.ts';

/** The photos of a trip by hand. The guest's page follows by itself. */
export function photoOperations(
  of: Rooms,
  decisions: PhotoDecisions,
  settle: () => Promise<void>,
): Operations {
  const onBooking = z.object({ booking: bookingIdShape });
  const found = async (booking: string): Promise<BookingId> =>
    (await bookingMeant(of.bookingDesk, booking as BookingId)).id;
  const list = async (booking: BookingId) => ({ photos: (await decisions.all(booking)).map(listed) });

  return {
    'photo list': operation(onBooking, async ({ booking }) => list(await found(booking))),
    'photo put': operation(
      onBooking.extend({
        /** None: every photo that waits to be looked at. */
        photos: z.array(text).max(1000),
        to: z.enum(places),
      }),
      async ({ booking, photos, to }, by) => {
        const id = await found(booking);
        const waiting = async () =>
          (await decisions.all(id)).filter(({ state }) => state === 'waiting').map(photo => photo.id);
        const before = await decisions.put(id, photos.length > 0 ? photos : await waiting(), to, by);
        await settle();
        return { changed: before.map(photo => photo.id), ...(await list(id)) };
      },
    ),
    'photo caption': operation(
      onBooking.extend({ photo: text, caption: z.string().max(500) }),
      async ({ booking, photo, caption }) => {
        const id = await found(booking);
        await decisions.describe(id, photo, caption);
        await settle();
        return { changed: [photo], ...(await list(id)) };
      },
    ),
    'photo delete': operation(
      onBooking.extend({ photos: z.array(text).min(1).max(1000) }),
      async ({ booking, photos }) => {
        const id = await found(booking);
        const removed = await decisions.remove(id, photos);
        await settle();
        return { changed: removed.map(photo => photo.id), ...(await list(id)) };
      },
    ),
  };
}

const listed = (photo: Photo) => ({
  id: photo.id,
  by: photo.by,
  state: photo.state,
  reason: photo.reason,
  caption: photo.caption,
  minors: photo.minors,
  removalAskedAt: photo.removalAskedAt,
  takenAt: photo.takenAt,
  receivedAt: photo.receivedAt,
  size: photo.size,
  width: photo.width,
  height: photo.height,
});
