import { mkdirSync } from 'node:fs';
import type { Clock } from '#lib/clock.ts';
import type { Unavailable } from '#lib/refusal.ts';
import { openSqlite, type Sqlite } from '#platform/sqlite.ts';
import type { DataFolder } from './data-folder.ts';

/** The three files of an installation. No connection can reach another file. */
export type Files = {
  /** Bookings, crew, calendar, pages, open beliefs, open post. */
  open: Sqlite;
  /** Raw deliveries, amounts, ledgers, the owner's beliefs and post. */
  money: Sqlite;
  /** The journal of the workflows: ids only. */
  engine: Sqlite;
  outbox: string;
  pages: string;
  photos: string;
  close: () => void;
};

/** The names of the three in a data folder: open, money, engine. */
export const databases = ['gangway.db', 'money.db', 'engine.db'] as const;

/** Opens the files of a data folder. `onFatal` is told when a disk failed: what is on it is then unknown, so the process must end and read it again. */
export function openFiles(data: Pick<DataFolder, 'file'>, onFatal: (error: Unavailable) => void): Files {
  const [outbox, pages, photos] = [data.file('outbox'), data.file('pages'), data.file('photos')];
  for (const folder of [outbox, pages, photos]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = databases.map(name => openSqlite(data.file(name), { onFatal }));
  const [open, money, engine] = files as [Sqlite, Sqlite, Sqlite];
  return {
    open,
    money,
    engine,
    outbox,
    pages,
    photos,
    close: () => {
      for (const file of files) file.close();
    },
  };
}

/** Does some work every minute until called off. A sweep that is still under way is not started again. */
export function everyMinute(clock: Clock, work: () => Promise<void>): () => void {
  let stopped = false;
  let callOff = () => {};
  const next = () => {
    callOff = clock.after(60_000, () => {
      void work().finally(() => {
        if (!stopped) next();
      });
    });
  };
  next();
  return () => {
    stopped = true;
    callOff();
  };
}
