import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Unavailable } from '#lib/refusal.ts';

/**
 * Opens or creates a database in WAL mode and goes over it, unless it is large. SQLite flushes the log before it takes it
 * over into the file, and nothing at a commit: that is up to whoever commits. Throws Unavailable `data-damaged`.
 */
export function connected(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true, limits: { attach: 0 } });
  try {
    database.exec(
      'PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=2000; PRAGMA temp_store=MEMORY',
    );
    if (file !== ':memory:' && statSync(file).size <= checkedBytes) check(database, file);
    return database;
  } catch (error) {
    database.close();
    const primary = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
    if (error instanceof Unavailable) throw error;
    if (primary !== sqliteNoDatabase && primary !== sqliteCorrupt) throw translate(error);
    throw damaged(file, error);
  }
}

/** Up to this size a file is gone over whenever it is opened: a tenth of a second at most. `gangway doctor` goes over any. */
const checkedBytes = 32 * 2 ** 20;

function check(database: DatabaseSync, file: string): void {
  const [found] = database.prepare('PRAGMA integrity_check(1)').all() as { integrity_check: string }[];
  if (found?.integrity_check !== 'ok') throw damaged(file, new Error(found?.integrity_check));
}

const damaged = (file: string, cause: unknown) =>
  new Unavailable(
    'data-damaged',
    `${file} is no database, or is damaged. Put it away and restore a backup; nothing was changed.`,
    { cause, retryable: false },
  );

/** Writes the file anew, on a connection of its own: VACUUM attaches a file, which ours may not. */
export function rewrite(file: string): void {
  const database = new DatabaseSync(file, { timeout: 100 });
  try {
    database.exec('PRAGMA synchronous=FULL; VACUUM');
    const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
    if (busy) throw busyNow();
  } catch (error) {
    const primary = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
    throw primary === sqliteBusy ? busyNow() : translate(error);
  } finally {
    database.close();
  }
}

const busyNow = () =>
  new Unavailable('database-busy', 'Somebody else, such as a backup, is reading the file just now.');

const sqliteBusy = 5;
const sqliteFull = 13;
const sqliteIoError = 10;
const sqliteCorrupt = 11;
const sqliteNoDatabase = 26;

/** What SQLite threw, as Unavailable `disk-full` or `disk-failed` where it is the disk; anything else as it came. */
export function translate(error: unknown): unknown {
  const code = (error as { errcode?: number }).errcode;
  if (code === undefined) return error;
  const primary = code & 0xff;
  if (primary === sqliteFull) {
    return new Unavailable('disk-full', 'The disk is full: nothing was stored.', { cause: error });
  }
  if (primary === sqliteIoError || primary === sqliteCorrupt) {
    return diskFailed(error);
  }
  return error;
}

/** What is on the disk is unknown. */
export const diskFailed = (cause: unknown) =>
  new Unavailable('disk-failed', 'The disk failed while storing.', { cause, retryable: false });
