import type { BookingId } from '#booking/booking.ts';
import { along, keep, listSpread, shardOf } from '#platform/indexed.ts';
import type { Place, Stretch, Table } from '#platform/table.ts';
import { countsOnPage, type Photo } from './photo.ts';
import type { PhotoRecords } from './photo-records.ts';

/** Where a photo's record lies. */
export const photoAt = (id: string): Place => ({ pk: `PHOTO#${id}`, sk: '-' });

const page = (booking: string) => `PHOTOS-OF#${booking}`;

/** By what a file is known that was asked for before. */
export const photoMark = ({ booking, size, mark }: Photo): Place => ({
  pk: page(booking),
  sk: `MARK#${JSON.stringify([size, mark])}`,
});

/** By what a photo is found: its trip, and what is to be done about it. */
export function photoEntries({ id, booking, state, askedAt, removalAskedAt }: Photo): readonly Place[] {
  const byTime = `${askedAt}#${id}`;
  const isToDo = ['expected', 'received', 'withdrawn'].includes(state);
  const isToSee = state === 'waiting' || removalAskedAt !== null;
  return [
    { pk: page(booking), sk: `PHOTO#${id}` },
    ...(isToDo ? [{ pk: `PHOTOS-TO-DO#${state}#${shardOf(id)}`, sk: byTime }] : []),
    ...(isToSee ? [{ pk: `PHOTOS-TO-SEE#${shardOf(id)}`, sk: byTime }] : []),
  ];
}

/** The photos in a table. Whoever admits one writes the page's `LAST`, so that two cannot both have the last place. */
export function dynamoPhotoRecords(table: Table): PhotoRecords {
  const last = (booking: string): Place => ({ pk: page(booking), sk: 'LAST' });
  const of = async (booking: string) =>
    (await table.list<Photo>({ pk: page(booking), prefix: 'PHOTO#' })).map(({ value }) => value);
  const spread = (stretch: Stretch) => listSpread<Photo>(table, stretch);

  return {
    admit: (photo, limits) =>
      table.unit(async unit => {
        const known = await unit.get<Photo['id']>(photoMark(photo));
        const before = known && (await unit.get<Photo>(photoAt(known)));
        if (before) return { kind: 'known', photo: before };
        await unit.get(last(photo.booking));
        const there = (await of(photo.booking)).filter(({ state }) => countsOnPage(state));
        const bytes = there.reduce((sum, one) => sum + one.size, 0);
        if (there.length >= limits.perPage) return { kind: 'full', limit: 'photos' };
        if (bytes + photo.size > limits.bytesPerPage) return { kind: 'full', limit: 'bytes' };
        unit.put(last(photo.booking), photo.id);
        unit.put(photoMark(photo), photo.id);
        await keep(unit, photoAt(photo.id), photo, photoEntries);
        return { kind: 'admitted', photo };
      }),
    find: id => table.get<Photo>(photoAt(id)),
    of,
    change: (id, edit) =>
      table.unit(async unit => {
        const before = await unit.get<Photo>(photoAt(id));
        const after = before && edit(before);
        if (after) await keep(unit, photoAt(id), after, photoEntries);
        return after ?? before;
      }),
    received: async limit => (await spread({ pk: 'PHOTOS-TO-DO#received', limit })).map(({ value }) => value),
    abandoned: async (before, limit) =>
      (
        await Promise.all(
          ['expected', 'withdrawn'].map(state => spread({ pk: `PHOTOS-TO-DO#${state}`, to: before, limit })),
        )
      )
        .flat()
        .map(({ value }) => value),
    async waiting(limit) {
      const photos = new Map<BookingId, number>();
      for await (const { value } of along(spread, { pk: 'PHOTOS-TO-SEE' }))
        photos.set(value.booking, (photos.get(value.booking) ?? 0) + 1);
      return [...photos].slice(0, limit).map(([booking, count]) => ({ booking, photos: count }));
    },
    forget: id =>
      table.unit(async unit => {
        const photo = await unit.get<Photo>(photoAt(id));
        if (!photo) return;
        unit.remove(photoMark(photo));
        await keep<Photo>(unit, photoAt(id), null, photoEntries);
      }),
  };
}
