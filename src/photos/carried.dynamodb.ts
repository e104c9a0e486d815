import { type CarriedByTable, carriedItems } from '#platform/carried.ts';
import { keep } from '#platform/indexed.ts';
import type { Photo } from './photo.ts';
import { photoAt, photoEntries, photoMark } from './photo-records.dynamodb.ts';

export const tablePhotos: CarriedByTable<Photo> = {
  ...carriedItems<Photo>({ word: 'PHOTO', at: ({ id }) => photoAt(id), entries: photoEntries }),
  put: (table, photo) =>
    table.unit(async unit => {
      unit.put(photoMark(photo), photo.id);
      await keep(unit, photoAt(photo.id), photo, photoEntries);
    }),
};
