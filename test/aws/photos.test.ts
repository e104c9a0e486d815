import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PhotoType } from '#photos/photo.ts';
import { photoOfOriginal } from '#photos/photo-keys.ts';
import { photoStoreContract } from '#photos/photo-store.contract.ts';
import { s3PhotoStore } from '#photos/photo-store.s3.ts';
import type { PhotoKey } from '#photos/photo-store.ts';
import { checkPost, type PostFields } from '#photos/post-policy.ts';
import { uploadGrantContract } from '#photos/upload-grant.contract.ts';
import { openS3 } from '../stand-ins/s3.ts';

const role = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  sessionToken: 'token//==',
};
const originals = { name: 'originals', region: 'us-west-2' };
const mine: PhotoKey = { booking: 'bkg_0000000000000001', photo: 'pho_ggggggggggggggghaaaa' };
const other: PhotoKey = { ...mine, photo: 'pho_gggggggggggggggiaaaa' };
const start = Date.parse('2027-05-30T20:00:00Z');

describe('photos on S3', () => {
  let now = start;
  let s3Place: Awaited<ReturnType<typeof openS3>>;
  let workshops: string;
  let number = 0;
  beforeAll(async () => {
    s3Place = await openS3({ now: () => now, posters: [role] });
    workshops = mkdtempSync(join(tmpdir(), 'gangway-workshops-'));
  });
  afterEach(() => {
    expect(readdirSync(workshops)).toEqual([]);
  });
  afterAll(() => {
    s3Place.stop();
    rmSync(workshops, { recursive: true, force: true });
  });

  const fresh = (credentials: typeof role & { expiration?: Date } = role, house = ++number) => {
    const { endpoint } = s3Place;
    const bucket = { ...originals, name: `${originals.name}-${house}` };
    const renditions = `renditions-${house}`;
    const s3 = new S3Client({
      region: originals.region,
      credentials,
      endpoint,
      forcePathStyle: true,
      maxAttempts: 1,
    });
    return {
      bucket,
      renditions,
      store: s3PhotoStore({
        s3,
        originals: bucket,
        renditions,
        renditionsUrl: `${endpoint}/${renditions}/`,
        workshops,
      }),
    };
  };

  /** As a browser sends it: the fields of the grant, then the file. */
  const post = async (bucket: string, fields: PostFields, bytes: Uint8Array) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(bytes)]), 'IMG_0001.jpg');
    const answer = await fetch(`${s3Place.endpoint}/${bucket}`, { method: 'POST', body: form });
    await answer.arrayBuffer();
    return answer.status;
  };

  photoStoreContract('S3', async () => {
    const { store, bucket, renditions } = fresh();
    return {
      store,
      async send(key, bytes) {
        const size = bytes.byteLength;
        const { fields } = await store.grant(key, { type: 'image/jpeg', size }, now, now + 60_000);
        expect(await post(bucket.name, fields, bytes)).toBe(204);
      },
      everything: async () =>
        [...s3Place.objects.keys()]
          .filter(path => path.startsWith(`${bucket.name}/`) || path.startsWith(`${renditions}/`))
          .sort(),
    };
  });

  /** What the bucket decides and what our own reading of the policy says must be the same, whatever is offered. */
  uploadGrantContract('S3, by a form', () => {
    // The grant of one place is offered at another: the bucket is the same, and empty again.
    for (const path of s3Place.objects.keys())
      if (path.startsWith('originals-0/')) s3Place.objects.delete(path);
    const { store, bucket } = fresh(role, 0);
    return {
      grant: async ({ key, type, size, nowMs, untilMs }) =>
        (await store.grant(key ? other : mine, { type: type as PhotoType, size }, nowMs, untilMs)).fields,
      async offer(fields, bytes, nowMs) {
        now = nowMs;
        const isIn = (await post(bucket.name, fields, bytes)) === 204;
        const signers = [{ ...role, secret: role.secretAccessKey, region: bucket.region }];
        const read = checkPost(fields, { bucket: bucket.name, bytes: bytes.byteLength, nowMs, signers });
        expect(read.ok).toBe(isIn);
        // Under another name it is another file, and nobody's: the name is what the grant says.
        return isIn && (await store.arrived(mine)) > 0 ? 'stored' : 'refused';
      },
    };
  });

  it('go past this program to the bucket, and nowhere else', async () => {
    const { store, bucket } = fresh();
    const grant = await store.grant(mine, { type: 'image/png', size: 9 }, start, start + 60_000);
    expect(grant.url).toBe(`https://${bucket.name}.s3.us-west-2.amazonaws.com/`);
    expect(grant.fields['x-amz-security-token']).toBe(role.sessionToken);
    expect(store.receive).toBeUndefined();
    expect(photoOfOriginal(grant.fields.key ?? '')).toEqual(mine);
    for (const name of [
      'originals/x/y',
      `originals/${mine.booking}/${mine.photo}/z`,
      `shown/${mine.booking}/1`,
    ])
      expect(photoOfOriginal(name)).toBeNull();
  });

  it('are granted no longer than the role that signs is itself let in', async () => {
    const { store } = fresh({ ...role, expiration: new Date(start + 90_000) });
    const grant = await store.grant(mine, { type: 'image/png', size: 9 }, start, start + 3_600_000);
    expect(grant.expiresAt).toBe('2027-05-30T20:01:30.000Z');
  });

  it.each(['before', 'after'] as const)('wait when the bucket does not answer: %s it acted', async how => {
    const { store } = fresh();
    s3Place.fail(how);
    await expect(store.remove(mine)).rejects.toMatchObject({ code: 'photo-store-failed' });
    s3Place.fail(how);
    await expect(store.landed(mine)).rejects.toMatchObject({ code: 'photo-store-failed' });
    expect(await store.remove(mine)).toBeUndefined();
  });
});
