import { closeSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

/** One file of the database as it was at an instant, however much is written to it since. */
export type Snapshot = {
  /** Writes it to a new file, readable by its owner only; on disk when it resolves. Meant to be called once. */
  copyTo(file: string): Promise<void>;
  /** Lets go: until then the write-ahead log cannot be shortened. */
  release(): void;
};

/**
 * Takes hold of what is committed right now, at once and without copying. Snapshots of several files that are taken
 * without a pause between them show one instant of the program, because its own commits need the same thread.
 */
export function snapshot(file: string): Snapshot {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 2000, limits: { attach: 0 } });
  try {
    database.exec('BEGIN');
    // The read is what takes hold; BEGIN alone waits for it.
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    async copyTo(copy) {
      closeSync(openSync(copy, 'wx', 0o600));
      await backup(database, copy, { rate: 200 });
      const handle = await open(copy, 'r');
      await handle.sync();
      await handle.close();
    },
    release: () => database.close(),
  };
}

/** What SQLite itself finds wrong with a copy that nobody writes to: nothing, if it is whole. Leaves no file beside it. */
export function problemsInCopy(file: string): readonly string[] {
  const unchanging = pathToFileURL(file);
  unchanging.search = '?immutable=1';
  return problemsIn(unchanging);
}

/** The same for a file in use, with the log beside it. Reads it from end to end. */
export function problemsIn(file: string | URL): readonly string[] {
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: 2000, limits: { attach: 0 } });
    try {
      const found = database.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
      return found.map(row => row.integrity_check).filter(line => line !== 'ok');
    } finally {
      database.close();
    }
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
