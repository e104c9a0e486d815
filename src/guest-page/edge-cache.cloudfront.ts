import {
  type CloudFrontClient,
  CloudFrontServiceException,
  CreateInvalidationCommand,
} from '@aws-sdk/client-cloudfront';
import type { Clock } from '#lib/clock.ts';
import { newSecret, type Random } from '#lib/random.ts';
import { Unavailable } from '#lib/refusal.ts';

/** What edges keep of a distribution, and the way to have them forget some of it. */
export interface EdgeCache {
  /** Has every edge forget these paths. Resolves when CloudFront has taken it on; from then on it takes seconds. Idempotent. */
  forget(distribution: string, paths: readonly string[]): Promise<void>;
}

/** Of the 3,000 that may be under way at once. */
const mostPaths = 1000;
const waitsMs = [1000, 2000, 4000, 8000, 16_000];
/** CloudFront says that it is busy, not that anything is wrong. Its own faults and lost answers are tried again as well. */
const busy = new Set([
  'TooManyInvalidationsInProgress',
  'Throttling',
  'ThrottlingException',
  'TooManyRequests',
]);

/**
 * Invalidations on CloudFront, of which each path costs. One is under way per distribution: what is asked meanwhile goes
 * together into the next, each path once. It carries the same reference however often it is tried, so that a lost answer
 * is no second one. The client must not try again by itself (`maxAttempts: 1`).
 */
export function cloudFrontCache(it: { client: CloudFrontClient; clock: Clock; random: Random }): EdgeCache {
  const { client, clock, random } = it;
  type Batch = { readonly paths: Set<string>; readonly done: Promise<void> };
  const waiting = new Map<string, Batch>();
  const underWay = new Map<string, Promise<void>>();

  const waited = (ms: number) => new Promise<void>(resolve => void clock.after(ms, resolve));

  const invalidate = async (distribution: string, paths: readonly string[]) => {
    const invalidation = new CreateInvalidationCommand({
      DistributionId: distribution,
      InvalidationBatch: {
        CallerReference: newSecret(random, 'invalidation'),
        Paths: { Quantity: paths.length, Items: [...paths] },
      },
    });
    for (let tries = 0; ; tries++) {
      try {
        return void (await client.send(invalidation));
      } catch (error) {
        const wait = waitsMs[tries];
        if (wait === undefined || !mayPass(error)) throw failure(error as Error);
        await waited(wait);
      }
    }
  };

  const send = async (distribution: string, batch: Set<string>) => {
    // What is asked for in the same turn is in the batch by then; what is under way goes first.
    await underWay.get(distribution)?.catch(() => {});
    waiting.delete(distribution);
    const paths = [...batch];
    const sent = (async () => {
      for (let from = 0; from < paths.length; from += mostPaths)
        await invalidate(distribution, paths.slice(from, from + mostPaths));
    })();
    underWay.set(distribution, sent);
    try {
      await sent;
    } finally {
      if (underWay.get(distribution) === sent) underWay.delete(distribution);
    }
  };

  return {
    async forget(distribution, paths) {
      let batch = waiting.get(distribution);
      if (!batch) {
        const asked = new Set<string>();
        batch = { paths: asked, done: send(distribution, asked) };
        waiting.set(distribution, batch);
      }
      for (const path of paths) batch.paths.add(path);
      await batch.done;
    },
  };
}

const mayPass = (error: unknown) =>
  !(error instanceof CloudFrontServiceException) ||
  busy.has(error.name) ||
  (error.$metadata.httpStatusCode ?? 0) >= 500;

const failure = (cause: Error) =>
  new Unavailable('page-host-failed', `The edge did not take on to forget pages: ${cause.name}.`, {
    cause,
    retryAfterMs: 60_000,
  });
