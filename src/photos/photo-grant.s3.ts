import { type Granted, type PolicySigner, type PostFields, postFields } from './post-policy.ts';

/** A bucket that takes uploads from browsers. */
export type UploadBucket = { readonly name: string; readonly region: string };

/**
 * The grant of the AWS edition: where a browser posts one file to, and the fields of the form. Pure; nothing is asked of
 * AWS. The bucket is private, and what it takes is developed into another one.
 */
export const s3Grant = (
  bucket: UploadBucket,
  signer: Omit<PolicySigner, 'region'>,
  granted: Omit<Granted, 'bucket'>,
): { url: string; fields: PostFields } => ({
  url: `https://${bucket.name}.s3.${bucket.region}.amazonaws.com/`,
  fields: postFields({ ...signer, region: bucket.region }, { ...granted, bucket: bucket.name }),
});
