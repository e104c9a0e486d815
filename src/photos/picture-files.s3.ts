import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Unavailable } from '#lib/refusal.ts';
import { keysBelow } from '#platform/keys-below.s3.ts';
import { type PictureFiles, pictureNamed } from './picture-files.ts';
import { pictureHeaders } from './picture-headers.ts';

/** The pictures of the AWS edition, in its two buckets; objects have the very names. */
export function s3PictureFiles(it: { s3: S3Client; originals: string; renditions: string }): PictureFiles {
  const { s3, originals, renditions } = it;
  const place = (name: string) => {
    const picture = pictureNamed(name);
    if (!picture) throw new TypeError('not a picture');
    return { Bucket: picture.folder === 'originals' ? originals : renditions, Key: name };
  };
  return {
    names: () =>
      asked(async () => {
        const found = [
          ...(await keysBelow(s3, originals, 'originals/')),
          ...(await keysBelow(s3, renditions, 'made/')),
          ...(await keysBelow(s3, renditions, 'shown/')),
        ];
        return found.filter(name => pictureNamed(name) !== null).sort();
      }),
    read: name =>
      asked(async () => {
        const { Body } = await s3.send(new GetObjectCommand(place(name)));
        return Body ? Body.transformToByteArray() : new Uint8Array();
      }),
    write: (name, bytes) =>
      asked(async () => {
        const file = pictureNamed(name)?.file;
        const type = file ? { ContentType: pictureHeaders(file)['content-type'] } : {};
        await s3.send(new PutObjectCommand({ ...place(name), Body: bytes, ...type }));
      }),
  };
}

const asked = <T>(ask: () => Promise<T>): Promise<T> =>
  ask().catch((cause: Error) => {
    if (cause instanceof TypeError) throw cause;
    const what = `The buckets of the photos did not answer: ${cause.name}.`;
    throw new Unavailable('photo-store-failed', what, { cause });
  });
