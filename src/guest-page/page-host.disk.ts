import { mkdirSync, readFileSync, renameSync, rmSync, type Stats, statSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { Brand } from '#booking/fleet.ts';
import type { Clock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { Unavailable } from '#lib/refusal.ts';
import { folderSync, writeThrough } from '#platform/whole-file.ts';
import { best, type PageCompressor, pageCompressor, stampOf } from './compress-pages.disk.ts';
import { isWhole } from './document.tsx';
import type { PageHost, StoredPage } from './page-host.ts';
import { objectKey, slugOfKey } from './page-routing.ts';

/** Pages on disk, and what is done after a page is in place: see `PageCompressor`. */
export type DiskPageHost = PageHost & Pick<PageCompressor, 'settled' | 'close'>;

/**
 * Pages as files, `{root}/{brand}/{objectKey}`, so that any web server can serve the folder; one process writes to it.
 * The `.br` beside each follows in a quiet moment, as small as it gets. Until it is there, whoever reads a page waits for
 * the same to be made, 27 ms of a core; a page with the `.br` of another never stands there, whatever crashes.
 */
export function diskPageHost({ root, clock }: { root: string; clock: Clock }): DiskPageHost {
  const base = resolve(root);
  const workshop = join(base, '.new');
  rmSync(workshop, { recursive: true, force: true });
  mkdirSync(workshop, { recursive: true });
  const cache = pageCache();
  const ready = new Set<string>();
  const syncFolder = folderSync();
  let made = 0;

  const fileOf = (brand: Brand, slug: string): string => {
    const home = resolve(base, brand.id);
    const file = resolve(home, objectKey(brand.layout, slug));
    if (!home.startsWith(base + sep) || !file.startsWith(home + sep)) {
      throw new TypeError('a guest page outside its brand’s folder');
    }
    return file;
  };

  /** A new folder is only as durable as its entry in the one above. */
  const ensureFolder = async (folder: string) => {
    if ((await mkdir(folder, { recursive: true })) === undefined) return;
    for (let above = dirname(folder); above.length >= base.length; above = dirname(above)) {
      await syncFolder(above);
    }
  };

  const compressor = pageCompressor({
    clock,
    freshFile: () => join(workshop, String(++made)),
    onWritten: cache.forget,
  });

  return {
    async publish(brand, slug, html) {
      const file = fileOf(brand, slug);
      const bytes = Buffer.from(html, 'utf8');
      const fresh = join(workshop, String(++made));
      try {
        if (!ready.has(dirname(file))) await ensureFolder(dirname(file));
        ready.add(dirname(file));
        await writeThrough(fresh, bytes, 0o644);
        // Without a turn of the event loop between them, and the old `.br` first: a crash must not leave it to the new page.
        rmSync(`${file}.br`, { force: true });
        renameSync(fresh, file);
        cache.forget(file);
        compressor.published(file);
        await syncFolder(dirname(file));
      } catch (error) {
        ready.delete(dirname(file));
        await rm(fresh, { force: true });
        throw failure(error);
      }
      return { etag: sha256(bytes) };
    },

    async read(brand, slug) {
      const file = fileOf(brand, slug);
      try {
        const stats = statSync(file, { throwIfNoEntry: false });
        if (!stats) return null;
        const known = cache.get(file, stats);
        if (known) return known;
        const html = readFileSync(file);
        // No page is better than one on which a bit has turned: reconciling puts it up again.
        if (!isWhole(html.toString('utf8'))) return null;
        const small = compressedOf(file, html);
        const etag = sha256(html);
        if (small) return cache.put(file, stats, { html, brotli: small, etag });
        compressor.wanted(file);
        return cache.put(file, stats, notYetBeside(html, etag));
      } catch (error) {
        throw failure(error);
      }
    },

    async remove(brand, slug) {
      const file = fileOf(brand, slug);
      try {
        rmSync(`${file}.br`, { force: true });
        rmSync(file, { force: true });
        cache.forget(file);
        await syncFolder(dirname(file));
      } catch (error) {
        throw failure(error);
      }
    },

    async slugs(brand) {
      const home = resolve(base, brand.id);
      try {
        const files = await readdir(home, { recursive: true, withFileTypes: true });
        return files
          .filter(entry => entry.isFile())
          .map(entry => relative(home, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
          .map(key => slugOfKey(brand.layout, key))
          .filter(slug => slug !== null);
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return [];
        throw failure(error);
      }
    },

    settled: compressor.settled,
    close: compressor.close,
  };
}

/** Compressed when somebody asks for it: most who read a page that was put up just now only compare. */
function notYetBeside(html: Buffer<ArrayBuffer>, etag: string): StoredPage {
  let brotli: Buffer<ArrayBuffer> | undefined;
  return {
    html,
    get brotli() {
      brotli ??= brotliCompressSync(html, best);
      return brotli;
    },
    etag,
  };
}

/** The `.br` beside a page, if it is there and holds just this page: a damaged one is nobody's, and is made anew. */
function compressedOf(file: string, html: Buffer): Buffer<ArrayBuffer> | null {
  const small = readIfThere(`${file}.br`);
  try {
    return small && brotliDecompressSync(small).equals(html) ? small : null;
  } catch {
    return null;
  }
}

function readIfThere(file: string): Buffer<ArrayBuffer> | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

const cacheBytes = 8 * 2 ** 20;

/** Pages in memory, each good for one state of its file. */
function pageCache() {
  const pages = new Map<string, { stamp: string; page: StoredPage }>();
  let held = 0;
  const forget = (file: string) => {
    const known = pages.get(file);
    if (known) held -= sizeOf(known.page);
    pages.delete(file);
  };
  return {
    forget,
    get(file: string, stats: Stats): StoredPage | null {
      const known = pages.get(file);
      return known && known.stamp === stampOf(stats) ? known.page : null;
    },
    put(file: string, stats: Stats, page: StoredPage): StoredPage {
      forget(file);
      pages.set(file, { stamp: stampOf(stats), page });
      held += sizeOf(page);
      for (const oldest of pages.keys()) {
        if (held <= cacheBytes) break;
        forget(oldest);
      }
      return page;
    },
  };
}

/** Compressed, which may be made later, it takes as much again at most. */
const sizeOf = ({ html }: StoredPage) => 2 * html.byteLength;

const codeOf = (error: unknown) => (error as { code?: string }).code;

function failure(error: unknown): Unavailable {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new Unavailable('disk-full', 'The disk is full: the guest page was not published.', { cause: error })
    : new Unavailable('page-host-failed', 'The folder of the guest pages could not be read or written.', {
        cause: error,
      });
}
