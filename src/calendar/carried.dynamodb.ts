import { type CarriedByTable, rest } from '#platform/carried.ts';
import { keep } from '#platform/indexed.ts';
import type { CalendarEntry } from './calendar-entry.ts';
import { callEntry, entryAt, entryEntries } from './calendar-store.dynamodb.ts';
import type { CarriedEntry, CarriedFeedEntry } from './carried.ts';
import { feedEntries, feedEntryAt } from './feed-store.dynamodb.ts';
import type { Feed, FeedEntry } from './feed-store.ts';

export const tableEntries: CarriedByTable<CarriedEntry> = {
  word: 'CAL',
  async of(table, { pk, sk, value }) {
    if (sk !== entryAt('').sk) return null;
    const names = await table.list<string>({ pk, prefix: 'NAME#' });
    return { entry: value as CalendarEntry, names: names.map(each => each.value) };
  },
  put: (table, { entry, names }) =>
    table.unit(async unit => {
      for (const name of names) await callEntry(unit, name, entry.id);
      await keep(unit, entryAt(entry.id), entry, entryEntries);
    }),
};

export const tableFeedEntries: CarriedByTable<CarriedFeedEntry> = {
  word: 'FEED',
  async of(_, { pk, sk, value }) {
    if (!sk.startsWith(feedEntryAt({ kind: 'person', subject: '' }, '').sk)) return null;
    const [, kind] = pk.split('#');
    return { kind: kind as Feed['kind'], subject: rest(pk, 2), entry: value as FeedEntry };
  },
  put: (table, { entry, ...feed }) =>
    table.unit(unit => keep(unit, feedEntryAt(feed, entry.booking), entry, feedEntries(feed))),
};
