import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Refusal } from '#lib/refusal.ts';
import { makeFolder } from './make-folder.ts';

/** Where one installation keeps everything. Only one process at a time may hold it. */
export type DataFolder = {
  path: string;
  file: (name: string) => string;
  /** Tells commands on this machine where the running server is; readable by its owner only. */
  announce(server: RunningServer): void;
  release(): void;
};

export type RunningServer = { pid: number; url: string; token: string };

/**
 * Takes the folder, making it if need be. The lock is the operating system's and goes with the process, however it ends.
 * `restoring` lets in whoever is filling it from a backup or an export, and nobody else until that is finished.
 * Refusals: `data-unwritable`, `data-in-use`, `restore-unfinished`, `import-unfinished`.
 */
export function takeDataFolder(path: string, restoring = false): DataFolder {
  try {
    for (const made of makeFolder(path)) syncEntry(made);
    writeFileSync(join(path, '.writable'), '');
    // Somebody who starts at the same moment may have removed it.
    rmSync(join(path, '.writable'), { force: true });
  } catch (error) {
    throw new Refusal(
      'data-unwritable',
      `The data folder ${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      'Choose another with --data, or give this user the right to write there.',
    );
  }
  if (!restoring && existsSync(join(path, restoreMark))) throw halfRestored(path);
  if (!restoring && existsSync(join(path, importMark))) throw halfImported(path);
  const lock = takeLock(path);
  const announcement = join(path, 'server.json');
  return {
    path,
    file: name => join(path, name),
    announce(server) {
      rmSync(announcement, { force: true });
      writeFileSync(announcement, JSON.stringify(server), { mode: 0o600 });
    },
    release() {
      rmSync(announcement, { force: true });
      lock.close();
    },
  };
}

/** Stands in a data folder from the first to the last moment of a restore. */
export const restoreMark = 'restore-unfinished';

const halfRestored = (path: string) =>
  new Refusal(
    'restore-unfinished',
    `The data folder ${path} was being restored from a backup, and that did not end.`,
    'Delete the folder, then run gangway restore again.',
  );

/** The same of an import; it holds the name of the export. */
export const importMark = 'import-unfinished';

const halfImported = (path: string) =>
  new Refusal(
    'import-unfinished',
    `A house was being put into the data folder ${path} from an export, and that did not end.`,
    'Run gangway import again with the same export: it goes on where it was.',
  );

/** Makes a new folder as durable as the folder it was made in. */
function syncEntry(folder: string): void {
  if (process.platform === 'win32') return;
  const above = openSync(dirname(folder), 'r');
  try {
    fsyncSync(above);
  } finally {
    closeSync(above);
  }
}

function takeLock(path: string): DatabaseSync {
  // Of two who ask at the same moment one gets it: without a moment's patience both might be refused.
  const database = new DatabaseSync(join(path, 'lock.db'), { timeout: 100 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return database;
  } catch {
    database.close();
    const running = runningServer(path);
    throw new Refusal(
      'data-in-use',
      `Another Gangway holds the data folder ${path}${running ? ` (process ${running.pid}, ${running.url})` : ''}.`,
      'Stop it first, or start this one with another --data folder.',
    );
  }
}

/** The server that holds a folder, if one announced itself and its process is still there. */
export function runningServer(path: string): RunningServer | null {
  try {
    const server = JSON.parse(readFileSync(join(path, 'server.json'), 'utf8')) as RunningServer;
    process.kill(server.pid, 0);
    return server;
  } catch {
    return null;
  }
}
