import { brotliCompressSync, constants } from 'node:zlib';
import type { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Brand } from '#booking/fleet.ts';
import type { Clock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import type { Random } from '#lib/random.ts';
import { Unavailable } from '#lib/refusal.ts';
import { keysBelow } from '#platform/keys-below.s3.ts';
import { cloudFrontCache } from './edge-cache.cloudfront.ts';
import { pageCaching } from './page-headers.ts';
import type { PageHost } from './page-host.ts';
import { iamPrefix, invalidationSet, objectKey, slugOfKey } from './page-routing.ts';

/** Where a brand's pages are: a bucket of its own behind a distribution of its own. */
export type BrandPlace = { readonly bucket: string; readonly distribution: string };

/**
 * Guest pages in S3 behind CloudFront. An edge shows what it has for a minute without asking, so a change is seen soon at
 * no charge; only what is withdrawn or put right is invalidated, which costs per path. `placeOf` throws for a brand of
 * another installation. `read` asks the bucket, not the edge. What may not be seen any longer is replaced or taken away in
 * the bucket first, then the edge is asked to forget it; said again, it does both again.
 */
export function s3PageHost(it: {
  s3: S3Client;
  cloudFront: CloudFrontClient;
  placeOf: (brand: Brand) => BrandPlace;
  clock: Clock;
  random: Random;
}): PageHost {
  const { s3, cloudFront, placeOf, clock, random } = it;
  const edge = cloudFrontCache({ client: cloudFront, clock, random });
  const objectOf = (brand: Brand, slug: string) => ({
    Bucket: placeOf(brand).bucket,
    Key: objectKey(brand.layout, slug),
  });
  const forgotten = (brand: Brand, slug: string) =>
    edge.forget(placeOf(brand).distribution, invalidationSet(brand.layout, slug));

  return {
    async publish(brand, slug, html, seen = 'in its time') {
      const Body = Buffer.from(html, 'utf8');
      const put = new PutObjectCommand({
        ...objectOf(brand, slug),
        Body,
        ContentType: 'text/html; charset=utf-8',
        CacheControl: pageCaching,
      });
      await asked(() => s3.send(put));
      if (seen === 'at once') await forgotten(brand, slug);
      return { etag: sha256(Body) };
    },

    async read(brand, slug) {
      const get = new GetObjectCommand(objectOf(brand, slug));
      const html = await asked(async () => {
        try {
          const { Body } = await s3.send(get);
          return Body ? Buffer.from(await Body.transformToByteArray()) : null;
        } catch (error) {
          if (error instanceof NoSuchKey) return null;
          throw error;
        }
      });
      return html && { html, brotli: brotliCompressSync(html, quality), etag: sha256(html) };
    },

    async remove(brand, slug) {
      const remove = new DeleteObjectCommand(objectOf(brand, slug));
      await asked(() => s3.send(remove));
      await forgotten(brand, slug);
    },

    async slugs(brand) {
      const keys = await asked(() => keysBelow(s3, placeOf(brand).bucket, iamPrefix(brand.layout)));
      return keys.map(key => slugOfKey(brand.layout, key)).filter(slug => slug !== null);
    },
  };
}

const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

const asked = <T>(ask: () => Promise<T>): Promise<T> =>
  ask().catch((cause: Error) => {
    throw new Unavailable('page-host-failed', `The bucket of the pages did not answer: ${cause.name}.`, {
      cause,
    });
  });
