import { opened } from '#lib/sealed.ts';
import type { CarriedBySqlite } from '#platform/carried.ts';
import type { CalendarEntry } from './calendar-entry.ts';
import { callEntry, putEntry } from './calendar-store.sqlite.ts';
import type { CarriedEntry, CarriedFeedEntry } from './carried.ts';
import { putFeedEntry } from './feed-store.sqlite.ts';
import type { Feed, FeedEntry } from './feed-store.ts';

export const carriedEntries: CarriedBySqlite<CarriedEntry> = {
  *all(from) {
    for (const { id, body } of from.all<{ id: string; body: string }>(
      'SELECT id, body FROM calendar_entries',
    ))
      yield {
        entry: opened<CalendarEntry>(body),
        names: from
          .all<{ name: string }>('SELECT name FROM calendar_names WHERE entry = ? ORDER BY name', id)
          .map(({ name }) => name),
      };
  },
  put(tx, { entry, names }) {
    putEntry(tx, entry);
    for (const name of names) callEntry(tx, name, entry.id);
  },
};

export const carriedFeedEntries: CarriedBySqlite<CarriedFeedEntry> = {
  all: from =>
    from
      .all<Feed & { body: string }>('SELECT kind, subject, body FROM feed_entries')
      .map(({ kind, subject, body }) => ({ kind, subject, entry: opened<FeedEntry>(body) })),
  put: (tx, { entry, ...feed }) => putFeedEntry(tx, feed, entry),
};
