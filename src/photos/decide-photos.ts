import type { BookingId } from '#booking/booking.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { galleryOf } from './gallery.ts';
import { inOrder, type Photo, type PhotoId } from './photo.ts';
import type { PhotoRecords } from './photo-records.ts';
import type { PhotoKey, PhotoStore } from './photo-store.ts';

export type DecideParts = {
  records: PhotoRecords;
  store: PhotoStore;
  clock: Clock;
  /** Told when what guests see of a trip is another, so that its page says so. */
  onGalleryChanged: (booking: BookingId) => Promise<void>;
};

/** What is decided about photos: by a person of the house, and by a guest who wants one taken down. */
export function photoDecisions({ records, store, clock, onGalleryChanged }: DecideParts) {
  const keyOf = ({ booking, id }: Photo): PhotoKey => ({ booking, photo: id });

  const developed = async (id: string): Promise<Photo> => {
    const photo = await records.find(id as PhotoId);
    if (!photo) throw unknown(id);
    if (photo.width !== null) return photo;
    throw new Refusal(
      'photo-undeveloped',
      'This photo has not been developed, so there is nothing to show or to hide.',
      'Wait a moment, then look again.',
    );
  };

  return {
    /** Shows a photo on the page of its trip. Idempotent. Refusals: `photo-unknown`, `photo-undeveloped`. */
    async approve(id: string, by: string, caption?: string): Promise<Photo> {
      const photo = await developed(id);
      await store.show(keyOf(photo));
      const after = await records.change(photo.id, before => ({
        ...before,
        state: 'shown',
        removalAskedAt: null,
        decidedBy: by,
        caption: caption === undefined ? before.caption : plain(caption),
      }));
      await onGalleryChanged(photo.booking);
      return after ?? photo;
    },

    /** Takes a photo off the page and keeps it. Idempotent. Refusals: `photo-unknown`, `photo-undeveloped`. */
    async hide(id: string, by: string): Promise<Photo> {
      const photo = await developed(id);
      const after = await records.change(photo.id, before => ({
        ...before,
        state: 'hidden',
        removalAskedAt: null,
        decidedBy: by,
      }));
      await store.hide(keyOf(photo));
      await onGalleryChanged(photo.booking);
      return after ?? photo;
    },

    /** Takes a photo away for good, original and all. Refusal: `photo-unknown`. */
    async remove(id: string): Promise<{ readonly removed: PhotoId; readonly booking: BookingId }> {
      const photo = await records.find(id as PhotoId);
      if (!photo) throw unknown(id);
      await store.remove(keyOf(photo));
      await records.forget(photo.id);
      await onGalleryChanged(photo.booking);
      return { removed: photo.id, booking: photo.booking };
    },

    /** A guest wants a photo taken down: it is off the page at once, and a person decides. Idempotent. Refusal: `photo-unknown`. */
    async askRemoval(booking: BookingId, id: string): Promise<void> {
      const photo = await records.find(id as PhotoId);
      if (photo?.booking !== booking) throw unknown(id);
      if (photo.state !== 'shown') return;
      await records.change(photo.id, before => ({
        ...before,
        state: 'hidden',
        removalAskedAt: isoInstant(clock.now()),
      }));
      await store.hide(keyOf(photo));
      await onGalleryChanged(booking);
    },

    /** What guests of a trip see, in order. */
    async gallery(booking: BookingId): Promise<readonly Photo[]> {
      return galleryOf(records, booking);
    },

    /** Everything of a trip that a person may look at, in order. */
    async all(booking: BookingId): Promise<readonly Photo[]> {
      return [...(await records.of(booking))].sort(inOrder);
    },
  };
}

export type PhotoDecisions = ReturnType<typeof photoDecisions>;

const plain = (caption: string) => caption.replace(/\s+/g, ' ').trim().slice(0, 140);

const unknown = (id: string) =>
  new Refusal(
    'photo-unknown',
    `There is no photo ${id.slice(0, 40)}.`,
    'It may have been deleted; reload the page.',
  );
