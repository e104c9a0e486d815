import { photoOfOriginal } from '#photos/photo-keys.ts';
import { isArriving } from '../moving/arriving-table.ts';
import { notHere } from '../not-here.ts';
import { photoRoom } from '../rooms/photos.ts';
import { photoStoreOf } from './beside.ts';
import { booted } from './boot.ts';
import type { Means } from './means.ts';
import { openSide } from './open-side.ts';

/** What S3 tells of objects that were created: at least once, in any order; a key is encoded as in a form. */
export type ObjectsCreated = {
  readonly Records: readonly { readonly s3: { readonly object: { readonly key: string } } }[];
};

/** The sandbox is the darkroom: what a picture breaks, it breaks for one invocation. */
const inThisSandbox = {
  develop: async (place: { original: string; renditions: string }) =>
    (await import('#photos/develop.sharp.ts')).develop(place),
  close: async () => {},
};

export const make = (means: Means) => {
  const { of, options, fulfil, after } = openSide(means, {
    mailer: notHere('mail'),
    host: notHere('pages'),
    photoStore: photoStoreOf(means),
  });
  const { uploads, development } = photoRoom(of, options, fulfil, inThisSandbox);
  return async ({ Records }: ObjectsCreated): Promise<void> => {
    // Originals of an import: their records say already what they are. It asks for what is to be developed when all are there.
    if (await isArriving(means.table)) return;
    for (const { s3 } of Records) {
      const key = photoOfOriginal(decodeURIComponent(s3.object.key.replaceAll('+', ' ')));
      if (key) await uploads.landed(key);
    }
    await development.run();
    await after.done();
  };
};

export const handler = booted(make);
