import type { Clock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Posted } from '#mail/post.ts';
import { photoDecisions } from '#photos/decide-photos.ts';
import type { PhotoRecords } from '#photos/photo-records.ts';
import type { DeskDeps } from './deps.ts';

/** Letters as a map, of which some can be tried again; `retried` hears which. */
export const postBox = (box: Map<string, Posted>, retried: string[]): DeskDeps['post'] => ({
  list: async ({ about, state }) =>
    [...box.values()]
      .filter(letter => about === undefined || letter.about.includes(about))
      .filter(letter => state === undefined || letter.state === state),
  async retry(id) {
    const letter = box.get(id);
    if (!letter) throw new Refusal('letter-unknown', 'There is no such letter.', 'Look again.');
    box.set(id, { ...letter, state: 'waiting', error: null });
    retried.push(id);
  },
});

/** Photos with real records, whose pictures are a map. */
export const photosWithout = (it: {
  records: PhotoRecords;
  renditions: Map<string, Buffer<ArrayBuffer>>;
  clock: Clock;
  retried: string[];
}): DeskDeps['photos'] => ({
  decisions: photoDecisions({
    records: it.records,
    store: {
      show: async () => {},
      hide: async () => {},
      remove: async ({ photo }) => void it.renditions.delete(photo),
    },
    clock: it.clock,
    onGalleryChanged: async id => void it.retried.push(id),
    onRemovalAsked: async () => {},
    looksLikeMoney: text => text.includes('$'),
  }),
  find: it.records.find,
  waiting: it.records.waiting,
  rendition: async ({ photo }, name) => {
    const bytes = it.renditions.get(photo);
    return bytes ? { name, bytes } : null;
  },
});
