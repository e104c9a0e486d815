import { renameSync, rmSync, type Stats, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Clock } from '#lib/clock.ts';
import { writeThrough } from '#platform/whole-file.ts';

/** Makes the `.br` beside each page. */
export type PageCompressor = {
  /** A page was put in place: it is compressed in a quiet moment. */
  published(file: string): void;
  /** Somebody reads this page just now: it is compressed next, at once. */
  wanted(file: string): void;
  /** Resolves when every `.br` is written that is still wanted; quiet or not. */
  settled(): Promise<void>;
  /** Resolves when nothing is written any more: what is in hand is finished, the rest is left. Idempotent. */
  close(): Promise<void>;
};

/** A page squeezed to the last byte takes as long as all that is told of a booking: not while there is something to tell. */
const quietMs = 1_000;
/** Nor does it wait for ever where there always is. */
const latestMs = 60_000;

/** As small as it gets. */
export const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

/** One state of a file: every publish makes a new file, so a stale page is never taken for the one in place. */
export const stampOf = (stats: Stats) => `${stats.ino} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.size}`;

/** One page after the other, in a thread of the pool. What a stop leaves undone is done when the page is next asked for. */
export function pageCompressor(it: {
  clock: Clock;
  /** Where a file may be made that nobody sees. */
  freshFile: () => string;
  onWritten: (file: string) => void;
}): PageCompressor {
  const { clock, freshFile, onWritten } = it;
  const waiting = new Map<string, number>();
  const urgent = new Set<string>();
  let working: Promise<void> | null = null;
  let callOff = () => {};
  let isClosed = false;
  let publishedAt = Number.NEGATIVE_INFINITY;

  const dueAt = () => {
    if (urgent.size > 0) return Number.NEGATIVE_INFINITY;
    const [oldest] = waiting.values();
    return oldest === undefined
      ? Number.POSITIVE_INFINITY
      : Math.min(publishedAt + quietMs, oldest + latestMs);
  };

  const take = (): string | undefined => {
    const [file] = urgent.size > 0 ? urgent : waiting.keys();
    if (file === undefined) return undefined;
    urgent.delete(file);
    waiting.delete(file);
    return file;
  };

  const work = async (isDue: () => boolean) => {
    for (let file = isDue() ? take() : undefined; file; file = isDue() ? take() : undefined) {
      await compress(file);
    }
  };

  const start = () => {
    working ??= work(() => dueAt() <= clock.now()).finally(() => {
      working = null;
      arm();
    });
  };

  const arm = () => {
    callOff();
    if (working !== null || isClosed) return;
    const due = dueAt();
    if (due <= clock.now()) start();
    else if (due < Number.POSITIVE_INFINITY) callOff = clock.after(due - clock.now(), start);
  };

  const compress = async (file: string) => {
    const stamp = stampIf(file);
    if (stamp === null) return;
    const fresh = freshFile();
    try {
      await writeThrough(fresh, await promisify(brotliCompress)(await readFile(file), best), 0o644);
      if (stampIf(file) !== stamp) return;
      renameSync(fresh, `${file}.br`);
      onWritten(file);
    } catch {
      // Only the plain page was promised; the next publish or read tries again.
    } finally {
      rmSync(fresh, { force: true });
    }
  };

  return {
    published(file) {
      publishedAt = clock.now();
      waiting.delete(file);
      waiting.set(file, publishedAt);
      arm();
    },
    wanted(file) {
      urgent.add(file);
      arm();
    },
    async settled() {
      callOff();
      while (working !== null || waiting.size > 0 || urgent.size > 0) {
        working ??= work(() => true).finally(() => {
          working = null;
        });
        await working;
      }
    },
    async close() {
      isClosed = true;
      callOff();
      waiting.clear();
      urgent.clear();
      await working;
    },
  };
}

function stampIf(file: string): string | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? stampOf(stats) : null;
}
