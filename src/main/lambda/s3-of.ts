import { S3Client } from '@aws-sdk/client-s3';

/** Region and endpoint come from the environment. A stand-in answers under paths, not names. */
export const s3Of = () => new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined });
