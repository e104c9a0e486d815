import type { FeedsIn } from '#intake/feeds-in/follow-feeds.ts';
import { readFeed } from '#intake/feeds-in/read-feed.ical.ts';
import { feedsIn } from '../feeds-in.ts';
import type { Means } from './means.ts';
import type { WholeSide } from './whole-side.ts';

/** Marketplaces' calendars, read in this sandbox: one that takes too long takes the invocation with it and nothing else. */
export const following = ({ of, options }: WholeSide, { outside }: Means): FeedsIn =>
  feedsIn(of, options, outside, async (bytes, zone) => readFeed(bytes, zone));
