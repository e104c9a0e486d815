import { answerInThread } from '#intake/reading-thread.ts';
import { readFeed } from './read-feed.ical.ts';

export type Asked = { bytes: Uint8Array; zone: string };

answerInThread(({ bytes, zone }: Asked) => readFeed(bytes, zone));
