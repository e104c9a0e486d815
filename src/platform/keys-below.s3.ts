import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';

/** The names of all objects of a bucket that begin so, page by page. */
export async function keysBelow(s3: S3Client, bucket: string, prefix: string): Promise<readonly string[]> {
  const found: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken }),
    );
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) found.push(Key);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return found;
}
