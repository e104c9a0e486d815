import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Brand } from '#booking/fleet.ts';
import { testBrand } from '#guest-page/guest-page.fixture.ts';
import { pageHostContract } from '#guest-page/page-host.contract.ts';
import { s3PageHost } from '#guest-page/page-host.s3.ts';
import { invalidationSet } from '#guest-page/page-routing.ts';
import { systemRandom } from '#lib/random.ts';
import { openS3 } from '../stand-ins/s3.ts';
import { noAccount, serve } from '../stand-ins/serve.ts';

const slug = 'carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa';

describe('pages on S3 behind CloudFront', () => {
  let s3Place: Awaited<ReturnType<typeof openS3>>;
  let edge: Awaited<ReturnType<typeof serve>>;
  const forgotten: string[] = [];
  let installations = 0;

  beforeAll(async () => {
    s3Place = await openS3();
    edge = await serve(({ url, body }) => {
      const paths = [...body.toString().matchAll(/<Path>(.*?)<\/Path>/g)];
      forgotten.push(...paths.map(([, path]) => `${url.pathname} ${path}`));
      return { status: 201, body: '<Invalidation><Id>I1</Id></Invalidation>' };
    });
  });
  afterAll(() => {
    s3Place.stop();
    edge.stop();
  });

  const fresh = () => {
    const mine = ++installations;
    const { endpoint } = s3Place;
    return s3PageHost({
      s3: new S3Client({ ...noAccount, endpoint, forcePathStyle: true, maxAttempts: 1 }),
      cloudFront: new CloudFrontClient({ ...noAccount, endpoint: edge.endpoint, maxAttempts: 1 }),
      placeOf: ({ id }: Brand) => ({ bucket: `house${mine}-${id}`, distribution: `E${id.toUpperCase()}` }),
      random: systemRandom,
    });
  };

  pageHostContract(fresh);

  it('are sent with how long an edge may keep them, and never invalidated when they change', async () => {
    const host = fresh();
    forgotten.length = 0;
    await host.publish(testBrand(), slug, 'one');
    await host.publish(testBrand(), slug, 'two');
    expect(forgotten).toEqual([]);
    expect(s3Place.objects.get(`house${installations}-queenofsandiego/g/${slug}.html`)?.headers).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=0, s-maxage=60, stale-while-revalidate=300',
    });
  });

  it('that are withdrawn are gone from the bucket and from the edge, under both of their names', async () => {
    const host = fresh();
    await host.publish(testBrand(), slug, 'one');
    forgotten.length = 0;
    await host.remove(testBrand(), slug);
    expect(forgotten.map(line => line.split(' ')[1])).toEqual([...invalidationSet(testBrand().layout, slug)]);
    expect(forgotten[0]).toContain('/distribution/EQUEENOFSANDIEGO/invalidation');
  });

  it('are withdrawn by asking again when the edge did not answer', async () => {
    const host = fresh();
    await host.publish(testBrand(), slug, 'one');
    edge.fail('before');
    await expect(host.remove(testBrand(), slug)).rejects.toMatchObject({ code: 'page-host-failed' });
    forgotten.length = 0;
    await host.remove(testBrand(), slug);
    expect(forgotten).toHaveLength(2);
  });

  it.each(['before', 'after'] as const)(
    'break off with a word when the bucket does not answer: %s it acted',
    async how => {
      const host = fresh();
      s3Place.fail(how);
      await expect(host.publish(testBrand(), slug, 'one')).rejects.toMatchObject({
        code: 'page-host-failed',
      });
      await host.publish(testBrand(), slug, 'two');
      expect(Buffer.from((await host.read(testBrand(), slug))?.html ?? []).toString()).toBe('two');
    },
  );
});
