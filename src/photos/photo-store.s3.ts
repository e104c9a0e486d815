import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { BookingId } from '#booking/booking.ts';
import { isoInstant } from '#lib/clock.ts';
import { Unavailable } from '#lib/refusal.ts';
import { keysBelow } from '#platform/keys-below.s3.ts';
import { presignedGet } from '#platform/sign-v4.ts';
import { writeInParts } from './album.s3.ts';
import { landing } from './landing.ts';
import { s3Grant, type UploadBucket } from './photo-grant.s3.ts';
import { originalKey, renditionName, safeId } from './photo-keys.ts';
import type { PhotoKey, PhotoStore, Rendition } from './photo-store.ts';
import { pictureHeaders } from './picture-headers.ts';
import { longestGrantMs } from './post-policy.ts';
import { inWorkshop } from './workshop.disk.ts';

/**
 * Pictures in S3. Browsers post originals past this program, straight into a bucket that nobody reads but us, under a
 * POST policy for just one key, type and size. Renditions lie in another bucket, `made/` until a person approved them and
 * `shown/` from then on; no distribution leads to either. In `albums/` are files for somebody to fetch by an address that we
 * sign, for a day. `workshops` is a folder for the moment of developing.
 */
export function s3PhotoStore(it: {
  s3: S3Client;
  originals: UploadBucket;
  renditions: string;
  /** Where the bucket of renditions answers, `https://…/`. */
  renditionsUrl: string;
  workshops: string;
}): PhotoStore {
  const { s3, originals, renditions, workshops } = it;
  const originalOf = (key: PhotoKey) => ({ Bucket: originals.name, Key: originalKey(key) });
  const remove = (Bucket: string, names: readonly string[]) =>
    Promise.all(names.map(Key => s3.send(new DeleteObjectCommand({ Bucket, Key }))));
  const below = (bucket: string, prefix: string) => keysBelow(s3, bucket, prefix);
  /** Puts these where `folder` is, then takes away what else lies there: whoever reads meanwhile finds either. */
  const fill = async (folder: string, names: readonly string[], put: (name: string) => Promise<unknown>) => {
    await Promise.all(names.map(put));
    const stale = (await below(renditions, folder)).filter(key => !names.includes(key.slice(folder.length)));
    await remove(renditions, stale);
  };
  const empty = async (bucket: string, folder: string) => remove(bucket, await below(bucket, folder));

  const read = (Bucket: string, Key: string) =>
    orNull(() => s3.send(new GetObjectCommand({ Bucket, Key })).then(({ Body }) => Body ?? null));
  const pictureIn = async (folder: string, name: string): Promise<Rendition | null> => {
    if (!renditionName.test(name)) return null;
    const body = await read(renditions, folder + name);
    return body && { name, bytes: new Uint8Array(await body.transformToByteArray()) };
  };

  const forget = (booking: BookingId) => empty(renditions, albumsOf(booking));

  return {
    async grant(key, { type, size }, nowMs, untilMs) {
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = await asked(() =>
        s3.config.credentials(),
      );
      // What a role signs is over with the session of the role, whatever it says.
      const expiresMs = Math.min(untilMs, nowMs + longestGrantMs, expiration?.getTime() ?? untilMs);
      const signer = { accessKeyId, secret: secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
      const granted = s3Grant(originals, signer, { key: originalKey(key), type, size, nowMs, expiresMs });
      return { ...granted, expiresAt: isoInstant(expiresMs) };
    },

    arrived: async key =>
      (await asked(() => orNull(() => s3.send(new HeadObjectCommand(originalOf(key))))))?.ContentLength ?? 0,
    landed: key =>
      asked(async () => {
        const body = await read(originals.name, originalKey(key));
        return body && landing(chunksOf(body.transformToWebStream()));
      }),

    develop: (key, work) =>
      inWorkshop(workshops, async shop => {
        await asked(async () => {
          const body = await read(originals.name, originalKey(key));
          if (body) await shop.lay(chunksOf(body.transformToWebStream()));
        });
        const result = await work(shop);
        const made = new Map((await shop.made()).map(({ name, bytes }) => [name, bytes]));
        await asked(() =>
          fill(madeOf(key), [...made.keys()], name => {
            const Body = made.get(name) ?? new Uint8Array();
            const Key = madeOf(key) + name;
            return s3.send(
              new PutObjectCommand({ Bucket: renditions, Key, Body, ContentType: typeOf(name) }),
            );
          }),
        );
        return result;
      }),

    rendition: (key, name) => asked(() => pictureIn(madeOf(key), name)),
    shown: (key, name) => asked(() => pictureIn(shownOf(key), name)),

    show: key =>
      asked(async () => {
        const names = (await below(renditions, madeOf(key))).map(name => name.slice(madeOf(key).length));
        await fill(shownOf(key), names, name => {
          const CopySource = `${renditions}/${madeOf(key)}${name}`;
          return s3.send(new CopyObjectCommand({ Bucket: renditions, Key: shownOf(key) + name, CopySource }));
        });
      }),
    handOut: (booking, { name, bytes }, nowMs) =>
      asked(async () => {
        const place = { Bucket: renditions, Key: `${albumsOf(booking)}${name}` };
        const isThere = await orNull(() => s3.send(new HeadObjectCommand(place)));
        if (!isThere) await writeInParts(s3, place, chunksOf(await bytes()));
        const url = new URL(place.Key, it.renditionsUrl);
        const query = { 'response-content-disposition': 'attachment; filename="photos.zip"' };
        const leave = { url, region: originals.region, seconds: longestGrantMs / 1000, query };
        return presignedGet(leave, await s3.config.credentials(), nowMs);
      }),
    hide: key =>
      asked(async () => {
        await empty(renditions, shownOf(key));
        await forget(key.booking);
      }),
    remove: key =>
      asked(async () => {
        for (const folder of [shownOf(key), madeOf(key)]) await empty(renditions, folder);
        await forget(key.booking);
        await remove(originals.name, [originalKey(key)]);
      }),
    removeAll: booking =>
      asked(async () => {
        for (const folder of ['shown', 'made', 'albums'])
          await empty(renditions, `${folder}/${safeId(booking)}/`);
        await empty(originals.name, `originals/${safeId(booking)}/`);
      }),
  };
}

const madeOf = ({ booking, photo }: PhotoKey) => `made/${safeId(booking)}/${safeId(photo)}/`;
const shownOf = ({ booking, photo }: PhotoKey) => `shown/${safeId(booking)}/${safeId(photo)}/`;

const albumsOf = (booking: BookingId) => `albums/${safeId(booking)}/`;

const typeOf = (name: string) => pictureHeaders(name)['content-type'];

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}

const orNull = <T>(ask: () => Promise<T>): Promise<T | null> =>
  ask().catch((error: unknown) => {
    if (error instanceof NoSuchKey || error instanceof NotFound) return null;
    throw error;
  });

const asked = <T>(ask: () => Promise<T>): Promise<T> =>
  ask().catch((error: Error) => {
    if (error instanceof TypeError || error instanceof RangeError) throw error;
    const what = `The buckets of the photos did not answer: ${error.name}.`;
    throw new Unavailable('photo-store-failed', what, { cause: error });
  });
