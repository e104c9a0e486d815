import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Brand } from '#booking/fleet.ts';
import { cloudFrontCache } from '#guest-page/edge-cache.cloudfront.ts';
import { testBrand } from '#guest-page/guest-page.fixture.ts';
import { pageHostContract } from '#guest-page/page-host.contract.ts';
import { s3PageHost } from '#guest-page/page-host.s3.ts';
import { invalidationSet } from '#guest-page/page-routing.ts';
import { type Clock, systemClock } from '#lib/clock.ts';
import { systemRandom } from '#lib/random.ts';
import { openS3 } from '../stand-ins/s3.ts';
import { noAccount, serve } from '../stand-ins/serve.ts';

const slug = 'carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa';

describe('pages on S3 behind CloudFront', () => {
  let s3Place: Awaited<ReturnType<typeof openS3>>;
  let edge: Awaited<ReturnType<typeof serve>>;
  const forgotten: string[] = [];
  const references: string[] = [];
  const waits: number[] = [];
  /** Waiting is noted and over at once. */
  const hurried: Clock = {
    ...systemClock,
    after(ms, work) {
      waits.push(ms);
      setImmediate(work);
      return () => {};
    },
  };
  let installations = 0;
  let hold = async () => {};

  beforeAll(async () => {
    s3Place = await openS3();
    edge = await serve(async ({ url, body }) => {
      await hold();
      const paths = [...body.toString().matchAll(/<Path>(.*?)<\/Path>/g)];
      forgotten.push(...paths.map(([, path]) => `${url.pathname} ${path}`));
      references.push(/<CallerReference>(.*?)</.exec(body.toString())?.[1] ?? '');
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
      clock: hurried,
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
      'cache-control': 'public, max-age=0, s-maxage=60',
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

  it('that may not be seen any longer are replaced first, and then forgotten by the edge', async () => {
    const host = fresh();
    await host.publish(testBrand(), slug, 'one');
    forgotten.length = 0;
    await host.publish(testBrand(), slug, 'two', 'at once');
    expect(forgotten.map(line => line.split(' ')[1])).toEqual([...invalidationSet(testBrand().layout, slug)]);
  });

  it('that are withdrawn side by side are each forgotten once, of each brand by itself', async () => {
    const host = fresh();
    const other = testBrand({ id: 'second' });
    const slugs = Array.from(
      { length: 40 },
      (_, n) => `carole-jada-4fT9xQ2mZ8LwK0sVbN7r${String(n).padStart(2, '0')}`,
    );
    forgotten.length = 0;
    await Promise.all(slugs.flatMap(each => [host.remove(testBrand(), each), host.remove(other, each)]));
    const asked = slugs.flatMap(each => [...invalidationSet(testBrand().layout, each)]);
    for (const distribution of ['EQUEENOFSANDIEGO', 'ESECOND'])
      expect(
        forgotten
          .filter(line => line.includes(`/${distribution}/`))
          .map(line => line.split(' ')[1])
          .sort(),
      ).toEqual(asked.toSorted());
  });

  it('are forgotten in two goes when many are withdrawn while one is', async () => {
    const { endpoint } = edge;
    const client = new CloudFrontClient({ ...noAccount, endpoint, maxAttempts: 1 });
    const cache = cloudFrontCache({ client, clock: hurried, random: systemRandom });
    references.length = 0;
    forgotten.length = 0;
    const [isHeld, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    hold = async () => {
      isHeld.resolve();
      await letGo.promise;
    };
    const first = cache.forget('E1', ['/g/first']);
    await isHeld.promise;
    hold = async () => {};
    const others = Array.from({ length: 1500 }, (_, n) => cache.forget('E1', [`/g/${n % 1200}`]));
    letGo.resolve();
    await Promise.all([first, ...others]);
    // One path, then 1,200 of which CloudFront is given a thousand at a time.
    expect(references).toHaveLength(3);
    expect(new Set(references).size).toBe(3);
    expect(new Set(forgotten).size).toBe(forgotten.length);
    expect(forgotten).toHaveLength(1201);
  });

  const busy = (status: number, code: string) => ({
    status,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  });

  it.each([
    ['too many are under way', busy(400, 'TooManyInvalidationsInProgress')],
    ['it is asked too often', busy(400, 'Throttling')],
    ['it broke', busy(503, 'ServiceUnavailable')],
    ['the connection breaks before', 'before' as const],
    ['the answer is lost', 'after' as const],
  ])('are forgotten by asking again, under the same reference, when %s', async (_what, how) => {
    const host = fresh();
    references.length = 0;
    waits.length = 0;
    edge.fail(how, how);
    await host.remove(testBrand(), slug);
    expect(waits).toEqual([1000, 2000]);
    expect(new Set(references).size).toBe(1);
  });

  it('stay to be withdrawn when the edge is busy for longer than a function should wait', async () => {
    const host = fresh();
    await host.publish(testBrand(), slug, 'one');
    edge.fail(...Array.from({ length: 6 }, () => busy(400, 'TooManyInvalidationsInProgress')));
    await expect(host.remove(testBrand(), slug)).rejects.toMatchObject({
      code: 'page-host-failed',
      retryable: true,
      retryAfterMs: 60_000,
    });
    forgotten.length = 0;
    await host.remove(testBrand(), slug);
    expect(forgotten).toHaveLength(2);
  });

  it('are given up at once when the edge refuses us, and the next is not held up by it', async () => {
    const host = fresh();
    waits.length = 0;
    edge.fail(busy(403, 'AccessDenied'));
    const [first, second] = [host.remove(testBrand(), slug), host.remove(testBrand({ id: 'second' }), slug)];
    const ends = await Promise.allSettled([first, second]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(waits).toEqual([]);
    await host.remove(testBrand(), slug);
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
