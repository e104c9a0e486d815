import type { CarriedBySqlite } from '#platform/carried.ts';
import type { Photo } from './photo.ts';
import { valuesOf } from './photo-records.sqlite.ts';

/** What is known about each photo; the pictures go as files. */
export const carriedPhotos: CarriedBySqlite<Photo> = {
  all: from =>
    from.all<{ body: string }>('SELECT body FROM photos').map(({ body }) => JSON.parse(body) as Photo),
  put(tx, photo) {
    tx.run(
      'INSERT OR REPLACE INTO photos (id, booking, state, size, mark, askedAt, removalAskedAt, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ...valuesOf(photo),
    );
  },
};
