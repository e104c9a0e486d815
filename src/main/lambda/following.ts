import { feedReader } from '#intake/feeds-in/feed-reader.thread.ts';
import type { FeedsIn } from '#intake/feeds-in/follow-feeds.ts';
import { feedsIn } from '../rooms/feeds-in.ts';
import type { Means } from './means.ts';
import type { WholeSide } from './whole-side.ts';

/** Marketplaces' calendars, each followed while its turn is here. */
export const following = ({ of, options }: WholeSide, { outside }: Means): FeedsIn =>
  feedsIn(of, options, outside, feedReader());
