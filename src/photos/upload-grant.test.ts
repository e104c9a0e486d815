import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { PhotoType } from './photo.ts';
import { s3Grant } from './photo-grant.s3.ts';
import { diskPhotoStore } from './photo-store.disk.ts';
import { checkPost, longestGrantMs, type PolicySigner } from './post-policy.ts';
import { uploadGrantContract } from './upload-grant.contract.ts';

const booking = 'bkg_0000000000000001' as const;
const mine = { booking, photo: 'pho_ggggggggggggggghaaaa' } as const;
const other = { booking, photo: 'pho_gggggggggggggggiaaaa' } as const;
const signer: PolicySigner = { accessKeyId: 'gangway', secret: 'k7sW2mQ9xV4bT8zL1nR6', region: 'local' };

const folders: string[] = [];
const folder = () => folders[folders.push(mkdtempSync(join(tmpdir(), 'gangway-grants-'))) - 1] ?? '';
afterEach(() => {
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true });
});

uploadGrantContract('disk', () => {
  const store = diskPhotoStore({ root: folder(), signer });
  return {
    grant: async ({ key, type, size, nowMs, untilMs }) =>
      (await store.grant(key ? other : mine, { type: type as PhotoType, size }, nowMs, untilMs)).fields,
    async offer(fields, bytes, nowMs) {
      const parts = async function* () {
        yield bytes;
      };
      const took = await store.receive(mine, fields, { from: 0, bytes: parts() }, nowMs);
      return took.kind === 'whole' ? 'stored' : 'refused';
    },
  };
});

const bucket = { name: 'example-uploads', region: 'us-west-2' };
const role = {
  accessKeyId: 'ASIAEXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  sessionToken: 'token//==',
};

uploadGrantContract('S3, by its rules read offline', () => ({
  grant: async ({ key, type, size, nowMs, untilMs }) =>
    s3Grant(bucket, role, {
      key: `originals/${booking}/${key ?? 'mine'}`,
      type,
      size,
      nowMs,
      expiresMs: Math.min(untilMs, nowMs + longestGrantMs),
    }).fields,
  async offer(fields, bytes, nowMs) {
    const verdict = checkPost(fields, {
      bucket: bucket.name,
      bytes: bytes.byteLength,
      nowMs,
      signers: [{ ...role, region: bucket.region }],
    });
    // The key of the form is where S3 puts it; ours asks for the file where it granted it.
    return verdict.ok && fields.key?.endsWith('/mine') ? 'stored' : 'refused';
  },
}));

it('S3: goes to the bucket of the brand, and what it signs is what AWS documents for a POST policy', () => {
  const { url } = s3Grant(bucket, role, {
    key: 'k',
    type: 'image/jpeg',
    size: 1,
    nowMs: 0,
    expiresMs: 60_000,
  });
  expect(url).toBe('https://example-uploads.s3.us-west-2.amazonaws.com/');
});

/** From the AWS documentation, "Example: browser-based upload using HTTP POST (using AWS Signature Version 4)". */
it('S3: reproduces the signature of AWS’s published example', () => {
  const policy =
    'eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1Y2tldCI6ICJzaWd2NGV4YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8iXSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9LA0KICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1aWQiOiAiMTQzNjUxMjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAgIHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9';
  const fields = {
    key: 'user/user1/sunset.jpg',
    acl: 'public-read',
    success_action_redirect: 'http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html',
    'Content-Type': 'image/jpeg',
    'x-amz-meta-uuid': '14365123651274',
    'x-amz-server-side-encryption': 'AES256',
    'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': '20151229T000000Z',
    'x-amz-meta-tag': '',
    Policy: policy,
    'X-Amz-Signature': '8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e',
  };
  const signers = [{ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secret: role.secret, region: 'us-east-1' }];
  const given = {
    bucket: 'sigv4examplebucket',
    bytes: 1,
    nowMs: Date.parse('2015-12-29T10:00:00Z'),
    signers,
  };
  expect(checkPost(fields, given)).toEqual({ ok: true });
  expect(checkPost({ ...fields, key: 'user/user2/x' }, given)).toEqual({ ok: false, why: 'condition' });
  expect(checkPost(fields, { ...given, bucket: 'another' })).toEqual({ ok: false, why: 'condition' });
});
