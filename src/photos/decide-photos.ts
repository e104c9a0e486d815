import type { BookingId } from '#booking/booking.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { galleryOf } from './gallery.ts';
import { inOrder, type Photo, type PhotoId } from './photo.ts';
import type { PhotoRecords } from './photo-records.ts';
import type { PhotoKey, PhotoStore } from './photo-store.ts';

export type DecideParts = {
  records: PhotoRecords;
  store: Pick<PhotoStore, 'show' | 'hide' | 'remove'>;
  clock: Clock;
  /** Told when what guests see of a trip is another, so that its page says so. */
  onGalleryChanged: (booking: BookingId) => Promise<void>;
  /** Told when a guest had a photo taken down: a person is to decide what becomes of it. */
  onRemovalAsked: (photo: Photo) => Promise<void>;
  looksLikeMoney: (text: string) => boolean;
};

/** Where a person may put a photo that has been developed. */
export const decisions = ['shown', 'hidden', 'waiting'] as const;
export type Decision = (typeof decisions)[number];

/** What is decided about photos: by a person of the house, and by a guest who wants one taken down. */
export function photoDecisions(parts: DecideParts) {
  const { records, store, clock, onGalleryChanged, onRemovalAsked, looksLikeMoney } = parts;
  const keyOf = ({ booking, id }: Photo): PhotoKey => ({ booking, photo: id });

  const ofTrip = async (booking: BookingId, ids: readonly string[]): Promise<readonly Photo[]> => {
    const all = new Map((await records.of(booking)).map(photo => [photo.id as string, photo]));
    return ids.map(id => {
      const photo = all.get(id);
      if (photo) return photo;
      throw unknown(id);
    });
  };

  return {
    /**
     * Puts photos of a trip where a person wants them: on its page, off it, or back among those still to be looked at.
     * Idempotent. Resolves to how they were before, for whoever takes it back. Refusals: `photo-unknown`,
     * `photo-undeveloped`; nothing has been done then.
     */
    async put(
      booking: BookingId,
      ids: readonly string[],
      to: Decision,
      by: string,
    ): Promise<readonly Photo[]> {
      const photos = await ofTrip(booking, ids);
      if (photos.some(({ width }) => width === null)) throw undeveloped();
      const gone = photos.find(({ state }) => state === 'withdrawn');
      if (gone) throw unknown(gone.id);
      for (const photo of photos) {
        // Never an approved photo that is not there, nor one that is there and not approved for longer than a moment.
        if (to === 'shown') await store.show(keyOf(photo));
        const after = await records.change(photo.id, before =>
          before.state === 'withdrawn'
            ? null
            : {
                ...before,
                state: to,
                removalAskedAt: null,
                decidedBy: to === 'waiting' ? null : by,
              },
        );
        if (after?.state !== 'shown') await store.hide(keyOf(photo));
      }
      if (photos.some(({ state }) => state === 'shown' || to === 'shown')) await onGalleryChanged(booking);
      return photos;
    },

    /**
     * Says under a photo what is to be seen on it; an empty caption says nothing. Idempotent. Resolves to how it was
     * before. Refusals: `photo-unknown`, `caption-looks-like-money`.
     */
    async describe(booking: BookingId, id: string, caption: string): Promise<Photo> {
      const [photo] = await ofTrip(booking, [id]);
      if (!photo) throw unknown(id);
      const text = plain(caption);
      if (looksLikeMoney(text)) {
        throw new Refusal(
          'caption-looks-like-money',
          'This caption reads like an amount, and guests would see it.',
          'Say what is to be seen, without amounts.',
        );
      }
      await records.change(photo.id, before => ({ ...before, caption: text }));
      if (photo.state === 'shown') await onGalleryChanged(booking);
      return photo;
    },

    /** Takes photos away for good, originals and all. Refusal: `photo-unknown`. */
    async remove(booking: BookingId, ids: readonly string[]): Promise<readonly Photo[]> {
      const photos = await ofTrip(booking, ids);
      for (const photo of photos) {
        await store.remove(keyOf(photo));
        await records.forget(photo.id);
      }
      if (photos.some(({ state }) => state === 'shown')) await onGalleryChanged(booking);
      return photos;
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
      await onRemovalAsked(photo);
    },

    /** What guests of a trip see, in order. */
    async gallery(booking: BookingId): Promise<readonly Photo[]> {
      return galleryOf(records, booking);
    },

    /** Everything of a trip that a person may look at, in order. */
    async all(booking: BookingId): Promise<readonly Photo[]> {
      const there = (await records.of(booking)).filter(({ state }) => state !== 'withdrawn');
      return there.sort(inOrder);
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

const undeveloped = () =>
  new Refusal(
    'photo-undeveloped',
    'This photo has not been developed, so there is nothing to show or to hide.',
    'Wait a moment, then look again.',
  );
