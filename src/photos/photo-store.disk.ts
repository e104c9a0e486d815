import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isoInstant } from '#lib/clock.ts';
import { Unavailable } from '#lib/refusal.ts';
import { landing } from './landing.ts';
import { originalKey, renditionName, safeId as safe } from './photo-keys.ts';
import type { Landed, PhotoKey, PhotoStore, Receive, Received, Rendition } from './photo-store.ts';
import { checkPost, longestGrantMs, type PolicySigner, postFields, sizeRange } from './post-policy.ts';

/** What every grant of the embedded edition says where S3 has the name of its bucket. */
const bucket = 'photos';

/**
 * Pictures as files: `{root}/private` for originals and what nobody approved, its owner's only; `{root}/public` for what
 * is shown. It keeps the rules of a grant itself, those of S3's POST policy, with a signer of its own.
 */
export function diskPhotoStore({ root, signer }: { root: string; signer: PolicySigner }): PhotoStore & {
  receive: Receive;
} {
  const home = ({ booking, photo }: PhotoKey) => join(root, 'private', safe(booking), safe(photo));
  const original = (key: PhotoKey) => join(home(key), 'original');
  const made = (key: PhotoKey) => join(home(key), 'renditions');
  const publicly = ({ booking, photo }: PhotoKey) => join(root, 'public', safe(booking), safe(photo));
  const busy = new Set<string>();

  return {
    async grant(key, { type, size }, nowMs, untilMs) {
      const expiresMs = Math.min(untilMs, nowMs + longestGrantMs);
      const fields = postFields(signer, { bucket, key: originalKey(key), type, size, nowMs, expiresMs });
      return { url: null, fields, expiresAt: isoInstant(expiresMs) };
    },

    arrived: key => sizeOf(original(key)),
    landed: key =>
      tidied(async () => ((await sizeOf(original(key))) === 0 ? null : readThrough(original(key)))),

    async receive(key, fields, { from, bytes }, nowMs) {
      const range = sizeRange(fields);
      const size = range?.max ?? -1;
      const verdict = checkPost(fields, { bucket, bytes: size, nowMs, signers: [signer] });
      if (!verdict.ok) return { kind: 'forbidden', why: verdict.why };
      if (range?.min !== size || fields.key !== originalKey(key))
        return { kind: 'forbidden', why: 'condition' };
      const file = original(key);
      if (busy.has(file)) return { kind: 'elsewhere', at: await sizeOf(file) };
      busy.add(file);
      try {
        return await tidied(async () => {
          const at = await sizeOf(file);
          if (at !== from) return { kind: 'elsewhere', at };
          if (at < size) await mkdir(dirname(file), { recursive: true, mode: 0o700 });
          return appended(file, at, size, bytes);
        });
      } finally {
        busy.delete(file);
      }
    },

    async develop(key, work) {
      const fresh = `${made(key)}.new`;
      await tidied(async () => {
        await rm(fresh, { recursive: true, force: true });
        await mkdir(fresh, { recursive: true, mode: 0o700 });
      });
      try {
        const result = await work({ original: original(key), renditions: fresh });
        await tidied(async () => {
          for (const name of await readdir(fresh)) await synced(join(fresh, name), 0o600);
          await rm(made(key), { recursive: true, force: true });
          await rename(fresh, made(key));
          await synced(home(key));
        });
        return result;
      } catch (error) {
        await rm(fresh, { recursive: true, force: true });
        throw error;
      }
    },

    rendition: (key, name) => readIn(made(key), name),
    shown: (key, name) => readIn(publicly(key), name),

    show: key =>
      tidied(async () => {
        const place = publicly(key);
        const fresh = `${place}.new`;
        await rm(fresh, { recursive: true, force: true });
        await mkdir(fresh, { recursive: true });
        for (const name of await readdir(made(key))) {
          await copyFile(join(made(key), name), join(fresh, name));
          await synced(join(fresh, name), 0o644);
        }
        await rm(place, { recursive: true, force: true });
        await rename(fresh, place);
        await synced(dirname(place));
      }),
    hide: key => tidied(() => rm(publicly(key), { recursive: true, force: true })),
    remove: key =>
      tidied(async () => {
        await rm(publicly(key), { recursive: true, force: true });
        await rm(home(key), { recursive: true, force: true });
      }),
    removeAll: booking =>
      tidied(async () => {
        for (const side of ['public', 'private'])
          await rm(join(root, side, safe(booking)), { recursive: true, force: true });
      }),
  };
}

async function readIn(folder: string, name: string): Promise<Rendition | null> {
  if (!renditionName.test(name)) return null;
  return tidied(async () => {
    try {
      return { name, bytes: await readFile(join(folder, name)) };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  });
}

/** Appends until the file has `size` bytes. What came before a cut stays where it is. */
async function appended(
  file: string,
  from: number,
  size: number,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Received> {
  const handle = await open(file, 'a', 0o600);
  let at = from;
  try {
    const parts = bytes[Symbol.asyncIterator]();
    while (true) {
      // A sender that is cut off is no failure: it comes back for the rest.
      const next = await parts.next().catch(() => null);
      if (!next || next.done) break;
      if (at + next.value.byteLength > size) {
        await parts.return?.();
        return { kind: 'forbidden', why: 'size' };
      }
      await handle.writeFile(next.value);
      at += next.value.byteLength;
    }
    if (at < size) return { kind: 'more', at };
    await handle.sync();
  } finally {
    await handle.close();
  }
  await synced(dirname(file));
  await synced(dirname(dirname(file)));
  return { kind: 'whole', ...(await readThrough(file)) };
}

async function readThrough(file: string): Promise<Landed> {
  return landing(createReadStream(file) as AsyncIterable<Buffer>);
}

async function sizeOf(file: string): Promise<number> {
  const stats = await stat(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw failure(error);
  });
  return stats?.size ?? 0;
}

/** Puts a file, or the entries of a folder, on disk. */
async function synced(place: string, mode?: number): Promise<void> {
  if (process.platform === 'win32' && mode === undefined) return;
  const handle = await open(place, mode === undefined ? 'r' : 'r+');
  try {
    if (mode !== undefined) await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function tidied<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof TypeError ? error : failure(error);
  }
}

const codeOf = (error: unknown) => (error as { code?: string }).code;

function failure(error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined || error instanceof Unavailable) return error;
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new Unavailable('disk-full', 'The disk is full: the photo was not stored.', { cause: error })
    : new Unavailable('photo-store-failed', 'The folder of the photos could not be read or written.', {
        cause: error,
      });
}
