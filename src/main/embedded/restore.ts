import { readdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { holdLetters } from '#mail/held-letters.sqlite.ts';
import type { Mailer } from '#mail/mailer.ts';
import { silentLog } from '#platform/log.ts';
import type { Sqlite } from '#platform/sqlite.ts';
import type { Config } from '../config/config.ts';
import { checkBackup, copyThrough } from '../operations/backup.ts';
import type { Reconciled } from '../operations/reconcile.ts';
import { syncFolder } from '../whole-folder.ts';
import { restoreMark, takeDataFolder } from './data-folder.ts';
import { composeEmbedded } from './embedded.ts';
import { openFiles } from './files.ts';

export type Restored = {
  /** The instant that the installation is back at, ISO 8601 UTC. */
  takenAt: string;
  bookings: number;
  /** Letters that wait for a person, see `gangway post`. */
  held: number;
  /** Bookings whose surfaces could not all be made true, until a person retries. */
  stuck: number;
  /** What does not say what it should, pages included, after everything was made again. */
  drift: Reconciled['drift'];
};

/**
 * Makes an installation from a backup, in a folder that is empty. What happened after the backup is not known to it, letters
 * that went out included; so with the post closed it first catches up on everything that follows from what it does know,
 * pages too, and then keeps back every letter that came of it or was waiting. Nobody is written to a second time unless a person
 * releases the letter. From then on it works as ever. Cut short, it leaves a folder that nothing starts on.
 * Refusals: those of `checkBackup` and `takeDataFolder`, `data-not-empty`.
 */
export async function restoreBackup(it: {
  config: Config;
  from: string;
  to: string;
  clock: Clock;
}): Promise<Restored> {
  const { config, from, to, clock } = it;
  const manifest = await checkBackup(from);
  refuseUnlessEmpty(to);
  const data = takeDataFolder(to, true);
  try {
    refuseUnlessEmpty(to);
    writeFileSync(data.file(restoreMark), `From ${from}, taken ${manifest.takenAt}.\n`, { mode: 0o600 });
    await syncFolder(to);
    for (const { name } of manifest.files) await copyThrough(join(from, name), data.file(name));
    const restored = await catchUp({ config, data, clock, takenAt: manifest.takenAt });
    await syncFolder(to);
    await rm(data.file(restoreMark));
    await syncFolder(to);
    return restored;
  } finally {
    data.release();
  }
}

/**
 * Opens what was put into a data folder with the post closed, makes everything true that follows from it, pages too, and
 * holds what letters came of it.
 */
export async function catchUp(it: {
  config: Config;
  data: { file: (name: string) => string };
  clock: Clock;
  takenAt: string;
}): Promise<Restored> {
  const { config, data, clock, takenAt } = it;
  const files = openFiles(data, error => {
    throw error;
  });
  const sides: readonly Sqlite[] = [files.open, files.money];
  const hold = async () => {
    const held = await Promise.all(sides.map(db => holdLetters(db, takenAt)));
    return held.reduce((sum, count) => sum + count, 0);
  };
  await hold();
  const app = await composeEmbedded({
    config,
    data,
    files,
    clock,
    log: silentLog,
    mailer: closedMailer,
  }).catch((error: unknown) => {
    files.close();
    throw error;
  });
  try {
    await app.catchUp();
    const { bookings, drift } = (await app.operate('reconcile', { repair: true })) as Reconciled;
    const stuck = await app.catchUp();
    return { takenAt, bookings, held: await hold(), stuck, drift };
  } finally {
    await app.close();
  }
}

/** Takes no letter: all of them wait until it is known what became of them. */
export const closedMailer: Mailer = {
  exactlyOnce: true,
  send: async () => ({ kind: 'later', blocks: 'all', reason: 'The post is closed during the restore.' }),
  close: async () => {},
};

/** Refusal `data-not-empty`. */
export function refuseUnlessEmpty(folder: string): void {
  // The lock and the announcement are our own; a fresh disk brings lost+found.
  const ignored = new Set(['lock.db', 'lock.db-journal', 'lost+found']);
  const there = list(folder).filter(name => !ignored.has(name));
  if (there.length === 0) return;
  throw new Refusal(
    'data-not-empty',
    `The data folder ${folder} has something in it: ${there.slice(0, 3).join(', ')}${there.length > 3 ? ' …' : ''}.`,
    'Restore into a folder that is empty or does not exist yet; nothing there is ever overwritten.',
  );
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
