import { tmpdir } from 'node:os';
import { uploadUrl } from '#photos/photo-grant.s3.ts';
import { s3PhotoStore } from '#photos/photo-store.s3.ts';
import type { PhotoStore } from '#photos/photo-store.ts';
import type { Means } from './means.ts';
import { s3Of } from './s3-of.ts';

export function photosPlace({ surroundings: { originals, renditions } }: Means): PhotoStore {
  const { AWS_REGION: region = '', AWS_ENDPOINT_URL_S3: endpoint } = process.env;
  return s3PhotoStore({
    s3: s3Of(),
    originals: { name: originals, region },
    renditions,
    renditionsUrl: endpoint ? `${endpoint}/${renditions}/` : uploadUrl({ name: renditions, region }),
    workshops: tmpdir(),
  });
}
