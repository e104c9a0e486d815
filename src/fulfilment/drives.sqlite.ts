import { type Clock, isoInstant } from '#lib/clock.ts';
import type { Reader, Sqlite, Transaction } from '#platform/sqlite.ts';
import { type Drive, type Drives, nextDrive } from './drives.ts';

const ddl = [
  `CREATE TABLE drives (
     booking TEXT PRIMARY KEY, tag TEXT NOT NULL, run INTEGER NOT NULL, tries INTEGER NOT NULL,
     state TEXT NOT NULL, nextAt TEXT
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX drives_due ON drives (nextAt) WHERE state = 'waiting';
   CREATE INDEX drives_open ON drives (state) WHERE state IN ('driving', 'stuck');`,
];

const columns = 'booking, tag, run, tries, state, nextAt';

export function sqliteDrives(db: Sqlite, clock: Clock): Drives {
  db.migrate('drives', ddl);
  const read = (from: Reader, booking: string) =>
    from.get<Drive>(`SELECT ${columns} FROM drives WHERE booking = ?`, booking) ?? null;
  const inState = (state: 'driving' | 'stuck', limit: number) =>
    db.all<Drive>(
      // The words of the index, or it is not used.
      `SELECT ${columns} FROM drives WHERE state IN ('driving', 'stuck') AND state = ? LIMIT ?`,
      state,
      limit,
    );

  return {
    find: async booking => read(db, booking),
    aim(booking, tag) {
      return db.write(tx => {
        const known = read(tx, booking);
        const next = nextDrive.aimed(known, booking, tag);
        return next === known ? known : putDrive(tx, next);
      });
    },
    report(booking, tag, run, outcome) {
      return db.write(tx => {
        const known = read(tx, booking);
        const next = nextDrive.reported(known, { tag, run, outcome, now: clock.now() });
        return next === null || next === known ? known : putDrive(tx, next);
      });
    },
    takeDue(limit) {
      return db.write(tx =>
        tx
          .all<Drive>(
            `SELECT ${columns} FROM drives WHERE state = 'waiting' AND nextAt <= ? ORDER BY nextAt LIMIT ?`,
            isoInstant(clock.now()),
            limit,
          )
          .map(drive => putDrive(tx, nextDrive.again(drive))),
      );
    },
    underWay: async limit => inState('driving', limit),
    again(booking) {
      return db.write(tx => {
        const known = read(tx, booking);
        return known && putDrive(tx, { ...nextDrive.again(known), tries: 0 });
      });
    },
    async forget(booking) {
      await db.write(tx => tx.run('DELETE FROM drives WHERE booking = ?', booking));
    },
    stuck: async limit => inState('stuck', limit),
    async hurry() {
      await db.write(tx =>
        tx.run("UPDATE drives SET nextAt = ? WHERE state = 'waiting'", isoInstant(clock.now())),
      );
    },
    shelve() {
      return db.write(tx =>
        tx
          .all<Drive>(`SELECT ${columns} FROM drives WHERE state = 'waiting'`)
          .map(drive => putDrive(tx, { ...drive, state: 'stuck', nextAt: null })),
      );
    },
  };
}

/** Puts a drive in the place of what was there of its booking. */
export function putDrive(tx: Transaction, drive: Drive): Drive {
  tx.run(
    `INSERT INTO drives (${columns}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (booking) DO UPDATE
     SET tag = excluded.tag, run = excluded.run, tries = excluded.tries, state = excluded.state, nextAt = excluded.nextAt`,
    drive.booking,
    drive.tag,
    drive.run,
    drive.tries,
    drive.state,
    drive.nextAt,
  );
  return drive;
}
