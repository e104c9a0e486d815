import { type Granted, type PolicySigner, type PostFields, postFields } from './post-policy.ts';

/** A bucket that takes uploads from browsers. */
export type UploadBucket = { readonly name: string; readonly region: string };

/** Where browsers post files to. */
export const uploadUrl = ({ name, region }: UploadBucket): string =>
  `https://${name}.s3.${region}.amazonaws.com/`;

/**
 * The grant of the AWS edition: where a browser posts one file to, and the fields of the form. Pure; nothing is asked of
 * AWS. The bucket is private, and what it takes is developed into another one.
 */
export const s3Grant = (
  bucket: UploadBucket,
  signer: Omit<PolicySigner, 'region'>,
  granted: Omit<Granted, 'bucket'>,
): { url: string; fields: PostFields } => ({
  url: uploadUrl(bucket),
  fields: postFields({ ...signer, region: bucket.region }, { ...granted, bucket: bucket.name }),
});
