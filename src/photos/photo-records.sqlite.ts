import type { BookingId } from '#booking/booking.ts';
import type { Sqlite } from '#platform/sqlite.ts';
import { countsOnPage, type Photo, type PhotoId } from './photo.ts';
import type { PhotoRecords } from './photo-records.ts';

const schema = [
  `CREATE TABLE photos (
     id TEXT PRIMARY KEY, booking TEXT NOT NULL, state TEXT NOT NULL, size INTEGER NOT NULL, mark TEXT NOT NULL,
     askedAt TEXT NOT NULL, removalAskedAt TEXT, body TEXT NOT NULL,
     UNIQUE (booking, size, mark)) STRICT;
   CREATE INDEX photos_to_do ON photos (state, askedAt) WHERE state IN ('expected', 'received');
   CREATE INDEX photos_to_see ON photos (booking) WHERE state = 'waiting' OR removalAskedAt IS NOT NULL;`,
  "CREATE INDEX photos_withdrawn ON photos (askedAt) WHERE state = 'withdrawn'",
];

/** The photos of the embedded edition. */
export function sqlitePhotoRecords(db: Sqlite): PhotoRecords {
  db.migrate('photos', schema);
  type Row = { body: string };
  const read = (row: Row | undefined) => (row ? (JSON.parse(row.body) as Photo) : null);
  const many = (rows: readonly Row[]) => rows.map(({ body }) => JSON.parse(body) as Photo);
  const find = (id: PhotoId) => read(db.get<Row>('SELECT body FROM photos WHERE id = ?', id));

  return {
    admit: (photo, limits) =>
      db.write(tx => {
        const { booking, size, mark } = photo;
        const known = read(
          tx.get<Row>(
            'SELECT body FROM photos WHERE booking = ? AND size = ? AND mark = ?',
            booking,
            size,
            mark,
          ),
        );
        if (known) return { kind: 'known', photo: known };
        const there = tx
          .all<{ state: Photo['state']; size: number }>(
            'SELECT state, size FROM photos WHERE booking = ?',
            booking,
          )
          .filter(({ state }) => countsOnPage(state));
        const bytes = there.reduce((sum, one) => sum + one.size, 0);
        if (there.length >= limits.perPage) return { kind: 'full', limit: 'photos' };
        if (bytes + size > limits.bytesPerPage) return { kind: 'full', limit: 'bytes' };
        tx.run(
          'INSERT INTO photos (id, booking, state, size, mark, askedAt, removalAskedAt, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
          ...valuesOf(photo),
        );
        return { kind: 'admitted', photo };
      }),
    find: async id => find(id),
    of: async booking => many(db.all<Row>('SELECT body FROM photos WHERE booking = ?', booking)),
    change: (id, edit) =>
      db.write(tx => {
        const before = read(tx.get<Row>('SELECT body FROM photos WHERE id = ?', id));
        const after = before && edit(before);
        if (!after) return before;
        tx.run(
          'UPDATE photos SET state = ?, removalAskedAt = ?, body = ? WHERE id = ?',
          after.state,
          after.removalAskedAt,
          JSON.stringify(after),
          id,
        );
        return after;
      }),
    received: async limit =>
      many(db.all<Row>("SELECT body FROM photos WHERE state = 'received' ORDER BY askedAt LIMIT ?", limit)),
    abandoned: async (before, limit) =>
      many(
        ['expected', 'withdrawn'].flatMap(state =>
          db.all<Row>(
            `SELECT body FROM photos WHERE state = '${state}' AND askedAt < ? ORDER BY askedAt LIMIT ?`,
            before,
            limit,
          ),
        ),
      ),
    waiting: async limit =>
      db.all<{ booking: BookingId; photos: number }>(
        `SELECT booking, count(*) AS photos FROM photos WHERE state = 'waiting' OR removalAskedAt IS NOT NULL
         GROUP BY booking ORDER BY min(askedAt) LIMIT ?`,
        limit,
      ),
    async forget(id) {
      await db.write(tx => tx.run('DELETE FROM photos WHERE id = ?', id));
    },
  };
}

/** A photo as the values of its row, in the order of the columns. */
export const valuesOf = (photo: Photo) =>
  [
    photo.id,
    photo.booking,
    photo.state,
    photo.size,
    photo.mark,
    photo.askedAt,
    photo.removalAskedAt,
    JSON.stringify(photo),
  ] as const;
