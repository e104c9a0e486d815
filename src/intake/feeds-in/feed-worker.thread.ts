import { parentPort } from 'node:worker_threads';
import { readFeed } from './read-feed.ical.ts';

/** What the thread is asked, once. */
export type Asked = { bytes: Uint8Array; zone: string };

// Importing the parser takes longer than parsing: the clock of the one who asks starts when we are ready.
parentPort?.on('message', ({ bytes, zone }: Asked) => parentPort?.postMessage(readFeed(bytes, zone)));
parentPort?.postMessage('ready');
