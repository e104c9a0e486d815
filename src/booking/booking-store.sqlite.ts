import { type Clock, isoInstant } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import { opened } from '#lib/sealed.ts';
import type { Sqlite } from '#platform/sqlite.ts';
import type { Booking, BookingId } from './booking.ts';
import { conditions } from './booking-filter.sqlite.ts';
import { findBooking, idNamed } from './booking-rows.sqlite.ts';
import type { BookingStore, Heard } from './booking-store.ts';
import { forgetIn } from './forget-booking.sqlite.ts';
import type { Message } from './message.ts';
import { recordIn } from './record-message.sqlite.ts';
import { partsIn, splitIn } from './split-booking.sqlite.ts';

const ddl = [
  // A row without a body (revision 0) is a booking of which only its end is known: cancelled before created.
  `CREATE TABLE bookings (
     id TEXT PRIMARY KEY, revision INTEGER NOT NULL, fulfilledRevision INTEGER NOT NULL, firstAt TEXT NOT NULL,
     recordedAt TEXT NOT NULL, status TEXT, vessel TEXT, startAt TEXT, absorbedBy TEXT, words TEXT NOT NULL, body TEXT
   ) STRICT;
   CREATE INDEX bookings_by_start ON bookings (startAt, id) WHERE revision > 0 AND absorbedBy IS NULL;
   CREATE INDEX bookings_by_status ON bookings (status, startAt, id) WHERE revision > 0 AND absorbedBy IS NULL;
   CREATE INDEX bookings_by_vessel ON bookings (vessel, startAt, id) WHERE revision > 0 AND absorbedBy IS NULL;
   CREATE INDEX bookings_unfulfilled ON bookings (recordedAt) WHERE revision > fulfilledRevision;
   CREATE INDEX bookings_absorbed ON bookings (absorbedBy) WHERE absorbedBy IS NOT NULL;
   CREATE TABLE booking_revisions (
     booking TEXT NOT NULL, revision INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (booking, revision)
   ) STRICT;
   CREATE TABLE booking_names (
     source TEXT NOT NULL, externalId TEXT NOT NULL, booking TEXT NOT NULL, PRIMARY KEY (source, externalId)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX booking_names_of ON booking_names (booking);
   CREATE TABLE booking_messages (
     heard INTEGER PRIMARY KEY, source TEXT NOT NULL, messageId TEXT NOT NULL, booking TEXT NOT NULL,
     recordedAt TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (source, messageId)
   ) STRICT;
   CREATE INDEX booking_messages_of ON booking_messages (booking, heard);
   CREATE TABLE booking_words (word TEXT NOT NULL, booking TEXT NOT NULL, PRIMARY KEY (word, booking))
   STRICT, WITHOUT ROWID;`,
  `ALTER TABLE bookings ADD COLUMN forgottenAt TEXT;
   ALTER TABLE bookings ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
   CREATE INDEX bookings_to_erase ON bookings (startAt, firstAt) WHERE erased = 0;
   CREATE INDEX bookings_half_erased ON bookings (forgottenAt) WHERE erased = 0 AND forgottenAt IS NOT NULL;`,
];

/** The bookings on the open database. */
export function sqliteBookingStore(db: Sqlite, house: { clock: Clock; random: Random }): BookingStore {
  db.migrate('booking', ddl);
  const bodies = (rows: readonly { body: string }[]) => rows.map(row => opened<Booking>(row.body));

  return {
    record: (message, judge) =>
      db.write(tx => recordIn(tx, message, judge, { ...house, now: isoInstant(house.clock.now()) })),
    parts: async id => partsIn(db, id),
    split: (id, part, word, judge) =>
      db.write(tx =>
        splitIn(tx, { id, part, word }, judge, { ...house, now: isoInstant(house.clock.now()) }),
      ),
    find: async id => findBooking(db, id),
    async at(id, revision) {
      const found = db.get<{ body: string }>(
        'SELECT body FROM booking_revisions WHERE booking = ? AND revision = ?',
        id,
        revision,
      );
      return found ? opened<Booking>(found.body) : null;
    },
    async byName(source, externalId) {
      const id = idNamed(db, { source, externalId });
      return id === null ? null : findBooking(db, id);
    },
    async list(filter) {
      const { where, values } = conditions(db, filter);
      const order = filter.latestFirst ? 'startAt DESC, id DESC' : 'startAt, id';
      return bodies(
        db.all<{ body: string }>(
          `SELECT body FROM bookings WHERE revision > 0 AND absorbedBy IS NULL${where} ORDER BY ${order} LIMIT ?`,
          ...values,
          filter.limit ?? 100,
        ),
      );
    },
    async messages(id) {
      return db
        .all<{ recordedAt: string; body: string }>(
          'SELECT recordedAt, body FROM booking_messages WHERE booking = ? ORDER BY heard',
          id,
        )
        .map((row): Heard => ({ message: opened<Message>(row.body), recordedAt: row.recordedAt }));
    },
    async unfulfilled(limit) {
      return bodies(
        db.all<{ body: string }>(
          'SELECT body FROM bookings WHERE revision > fulfilledRevision ORDER BY recordedAt LIMIT ?',
          limit,
        ),
      );
    },
    async markFulfilled(id, revision) {
      await db.write(tx =>
        tx.run(
          'UPDATE bookings SET fulfilledRevision = ? WHERE id = ? AND fulfilledRevision < ? AND revision >= ?',
          revision,
          id,
          revision,
          revision,
        ),
      );
    },
    async forget(id) {
      await db.write(tx => forgetIn(tx, id, isoInstant(house.clock.now())));
    },
    async markErased(id) {
      await db.write(tx =>
        tx.run(
          'UPDATE bookings SET erased = 1 WHERE forgottenAt IS NOT NULL AND (id = ? OR absorbedBy = ?)',
          id,
          id,
        ),
      );
    },
    async toErase(overBefore, limit) {
      const ids = (where: string, ...values: string[]) =>
        db.all<{ id: BookingId }>(
          `SELECT id FROM bookings WHERE erased = 0 AND ${where} LIMIT ?`,
          ...values,
          limit,
        );
      const found = [
        ...ids('forgottenAt IS NOT NULL'),
        // No trip begins after its end: whatever began later is not over either.
        ...ids("startAt < ? AND body ->> '$.end.at' < ? ORDER BY startAt", overBefore, overBefore),
        ...ids('startAt IS NULL AND firstAt < ? ORDER BY firstAt', overBefore),
      ];
      return [...new Set(found.map(({ id }) => id))].slice(0, limit);
    },
    async count() {
      return (
        db.get<{ n: number }>('SELECT count(*) AS n FROM bookings WHERE revision > 0 AND absorbedBy IS NULL')
          ?.n ?? 0
      );
    },
  };
}
