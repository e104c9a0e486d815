import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

/** Of a part that is not the last S3 takes no less than 5 MB. */
const partBytes = 8 * 1024 * 1024;

/** Writes what comes, however long it is, in parts: never more than one in memory. What is cut off is swept by the bucket's own rule. */
export async function writeInParts(
  s3: S3Client,
  place: { Bucket: string; Key: string },
  bytes: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { UploadId } = await s3.send(
    new CreateMultipartUploadCommand({ ...place, ContentType: 'application/zip' }),
  );
  const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
  for await (const Body of inParts(bytes)) {
    const PartNumber = Parts.length + 1;
    const { ETag } = await s3.send(new UploadPartCommand({ ...place, UploadId, PartNumber, Body }));
    Parts.push({ PartNumber, ETag });
  }
  await s3.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } }));
}

async function* inParts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    held.push(piece);
    size += piece.byteLength;
    if (size < partBytes) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held);
}
