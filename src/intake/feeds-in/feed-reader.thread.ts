import { readingThread, threadEntry } from '#intake/reading-thread.ts';
import type { Clock } from '#lib/clock.ts';
import type { FeedRead, ReadFeed } from './feed-in.ts';
import type { Asked } from './feed-worker.thread.ts';

/** Reads calendars on a thread of their own: one that takes too long or eats too much is given up, and nothing else is. */
export function feedReader(limits: { ms?: number; megabytes?: number; clock?: Clock } = {}): ReadFeed {
  const thread = readingThread<Asked, FeedRead>(
    () => threadEntry(import.meta.url, './feed-worker.thread.ts', './feed-worker'),
    { ms: 250, ...limits },
  );
  return async (bytes, zone) => {
    const heard = await thread.ask({ bytes, zone });
    switch (heard.kind) {
      case 'answer':
        return heard.answer;
      case 'too slow':
        return unreadable('feed-too-slow', `Reading it took longer than ${heard.ms} ms.`);
      case 'broke':
        return unreadable('feed-not-calendar', `Reading it broke off: ${heard.why}.`);
    }
  };
}

const unreadable = (code: 'feed-too-slow' | 'feed-not-calendar', reason: string): FeedRead => ({
  kind: 'unreadable',
  code,
  reason,
});
