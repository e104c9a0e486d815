import type { Place, Table } from '#platform/table.ts';
import type { FeedInStore, FeedState } from './feed-in-store.ts';

/** Characters of a calendar in one item, which holds at most 400 kB: three bytes each at the worst would be 360 kB. */
const partSize = 120_000;

/** Marketplaces' calendars in a table. One lies in parts, because years of entries are more than an item holds. */
export function dynamoFeedInStore(table: Table): FeedInStore {
  return {
    put: state =>
      table.unit(async unit => {
        const text = JSON.stringify(state);
        const before = (await unit.get<number>(headOf(state.feed))) ?? 0;
        const parts = Math.ceil(text.length / partSize);
        unit.put(headOf(state.feed), parts);
        for (let part = 0; part < parts; part++)
          unit.put(partOf(state.feed, part), text.slice(part * partSize, (part + 1) * partSize));
        for (let part = parts; part < before; part++) unit.remove(partOf(state.feed, part));
      }),
    find: feed =>
      table.unit(async unit => {
        const parts = await unit.get<number>(headOf(feed));
        if (parts === null) return null;
        const texts = Array.from({ length: parts }, (_, part) => unit.get<string>(partOf(feed, part)));
        return JSON.parse((await Promise.all(texts)).join('')) as FeedState;
      }),
  };
}

const headOf = (feed: string): Place => ({ pk: `FEED-IN#${feed}`, sk: '-' });
const partOf = (feed: string, part: number): Place => ({
  pk: `FEED-IN#${feed}`,
  sk: `PART#${String(part).padStart(4, '0')}`,
});
