/** A calendar of the operator's on a server of theirs that speaks CalDAV (RFC 4791). */
export type ServerCalendar = {
  /** Its name in the configuration, and the recipient on the board. */
  readonly id: string;
  /** The collection, with a slash at its end. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Whose trips it shows; null for every vessel's. */
  readonly vessels: readonly string[] | null;
  /** It is on this machine or network: it may be http, on any port and on a private address. */
  readonly isNearby: boolean;
};

/** An entry as it lies there: iCalendar text, and the version it was read at. */
export type StoredEntry = { readonly etag: string; readonly text: string };

/** Which version a write may replace: one that was read, none at all, or whatever is there. */
export type Over = { readonly etag: string } | 'nothing' | 'anything';

/**
 * Calendars as their server keeps them: one resource for each booking. Throws Unavailable with `calendar-server-refused`,
 * or what `Outside` throws, where the server does not do it.
 */
export interface CalendarServer {
  read(calendar: ServerCalendar, name: string): Promise<StoredEntry | null>;
  /** False where something else is there by now: read again. */
  write(calendar: ServerCalendar, name: string, text: string, over: Over): Promise<boolean>;
  /** The same. Removing what is not there is done. */
  remove(calendar: ServerCalendar, name: string, over: Exclude<Over, 'nothing'>): Promise<boolean>;
}
