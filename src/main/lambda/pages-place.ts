import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { s3PageHost } from '#guest-page/page-host.s3.ts';
import type { PageHost } from '#guest-page/page-host.ts';
import type { Means } from './means.ts';
import { s3Of } from './s3-of.ts';

export const pagesPlace = ({ surroundings: { placeOf }, clock, random }: Means): PageHost =>
  s3PageHost({ s3: s3Of(), cloudFront: new CloudFrontClient({}), placeOf, clock, random });
