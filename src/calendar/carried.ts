import type { CalendarEntry } from './calendar-entry.ts';
import type { Feed, FeedEntry } from './feed-store.ts';

/** An entry of the calendar with the names scripts know it by, as it goes from one edition to another. */
export type CarriedEntry = { readonly entry: CalendarEntry; readonly names: readonly string[] };

/** What a feed says of a booking. */
export type CarriedFeedEntry = Feed & { readonly entry: FeedEntry };
