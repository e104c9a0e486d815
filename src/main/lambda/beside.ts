import { tmpdir } from 'node:os';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { s3PageHost } from '#guest-page/page-host.s3.ts';
import type { PageHost } from '#guest-page/page-host.ts';
import { sesMailer } from '#mail/mailer.ses.ts';
import type { Mailer } from '#mail/mailer.ts';
import { s3PhotoStore } from '#photos/photo-store.s3.ts';
import type { PhotoStore } from '#photos/photo-store.ts';
import type { Means } from './means.ts';

/** Region and endpoints come from the environment, as everywhere in Lambda. Stand-ins answer under paths, not names. */
export const s3Of = () => new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined });

/** SES has no request token: a second try after a lost answer is a second letter, and the post decides about those. */
export const mailerOf = ({ surroundings: { configurationSet }, clock }: Means): Mailer =>
  sesMailer({ client: new SESv2Client({ maxAttempts: 1 }), configurationSet, clock });

export const hostOf = ({ surroundings: { placeOf }, clock, random }: Means): PageHost =>
  s3PageHost({ s3: s3Of(), cloudFront: new CloudFrontClient({ maxAttempts: 1 }), placeOf, clock, random });

export const photoStoreOf = ({ surroundings: { originals, renditions } }: Means): PhotoStore =>
  s3PhotoStore({
    s3: s3Of(),
    originals: { name: originals, region: process.env.AWS_REGION ?? '' },
    renditions,
    workshops: tmpdir(),
  });
