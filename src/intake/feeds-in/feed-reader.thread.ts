import { Worker } from 'node:worker_threads';
import { type Clock, systemClock } from '#lib/clock.ts';
import type { FeedRead, ReadFeed } from './feed-in.ts';
import type { Asked } from './feed-worker.thread.ts';

/**
 * Reads calendars on a thread of their own, which ends with each: one that takes longer than `ms` or more than `megabytes`
 * takes nothing with it, and the main loop never waits. Time is the machine's, because it guards the machine.
 */
export function feedReader(
  limits: { ms?: number; startMs?: number; megabytes?: number; clock?: Clock } = {},
): ReadFeed {
  const { ms = 250, startMs = 20_000, megabytes = 64, clock = systemClock } = limits;
  return (bytes, zone) =>
    new Promise(resolve => {
      const worker = new Worker(entry(), {
        // Nothing of ours is in its environment: secrets come by it.
        env: {},
        execArgv: ['--disable-warning=ExperimentalWarning'],
        resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 },
      });
      let callOff = clock.after(startMs, () => done(tooSlow(startMs)));
      const done = (read: FeedRead) => {
        callOff();
        resolve(read);
        void worker.terminate();
      };
      worker.on('message', (said: 'ready' | FeedRead) => {
        if (said !== 'ready') return done(said);
        callOff();
        callOff = clock.after(ms, () => done(tooSlow(ms)));
        worker.postMessage({ bytes, zone } satisfies Asked);
      });
      worker.on('error', error => done(broken(error.message)));
      worker.on('exit', () => done(broken('the thread ended')));
    });
}

const tooSlow = (ms: number): FeedRead => ({
  kind: 'unreadable',
  code: 'feed-too-slow',
  reason: `Reading it took longer than ${ms} ms.`,
});

const broken = (why: string): FeedRead => ({
  kind: 'unreadable',
  code: 'feed-not-calendar',
  reason: `Reading it broke off: ${why.slice(0, 120)}.`,
});

/** The worker stands beside this file in a checkout, and under its own name beside the bundle. */
const entry = () =>
  new URL(import.meta.url.endsWith('.ts') ? './feed-worker.thread.ts' : './feed-worker.js', import.meta.url);
