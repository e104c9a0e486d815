import { closeSync, fsync, openSync, writeFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { oneAtATime } from '#lib/one-at-a-time.ts';

const flush = promisify(fsync);

/**
 * Writes a small file whose bytes survive power loss when it resolves; its name does once its folder is synced. Only the
 * flush leaves the event loop: the rest takes microseconds, and a turn of the thread pool for each would take more.
 */
export async function writeThrough(file: string, bytes: Uint8Array, mode: number): Promise<void> {
  const descriptor = openSync(file, 'w', mode);
  try {
    writeFileSync(descriptor, bytes);
    await flush(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes what was renamed in a folder survive power loss. Those who wait for the same folder at the same time share a flush. */
export function folderSync(): (folder: string) => Promise<void> {
  const inTurn = oneAtATime();
  const next = new Map<string, Promise<void>>();
  return folder => {
    const waiting = next.get(folder);
    if (waiting !== undefined) return waiting;
    const mine = inTurn(folder, async () => {
      // Files that were flushed beside each other are renamed in one turn of the event loop.
      await turn();
      next.delete(folder);
      await syncNow(folder);
    });
    next.set(folder, mine);
    return mine;
  };
}

async function syncNow(folder: string): Promise<void> {
  const descriptor = opened(folder);
  if (descriptor === null) return;
  try {
    await flush(descriptor);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Windows opens no folders; there the rename itself is journalled. A folder that is not there holds nothing to flush. */
function opened(folder: string): number | null {
  try {
    return openSync(folder, 'r');
  } catch (error) {
    if (['EISDIR', 'EPERM', 'EACCES', 'ENOENT'].includes(codeOf(error) ?? '')) return null;
    throw error;
  }
}

const codeOf = (error: unknown) => (error as { code?: string }).code;
