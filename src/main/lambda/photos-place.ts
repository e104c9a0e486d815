import { tmpdir } from 'node:os';
import { s3PhotoStore } from '#photos/photo-store.s3.ts';
import type { PhotoStore } from '#photos/photo-store.ts';
import type { Means } from './means.ts';
import { s3Of } from './s3-of.ts';

export const photosPlace = ({ surroundings: { originals, renditions } }: Means): PhotoStore =>
  s3PhotoStore({
    s3: s3Of(),
    originals: { name: originals, region: process.env.AWS_REGION ?? '' },
    renditions,
    workshops: tmpdir(),
  });
