import type { CarriedBySqlite } from '#platform/carried.ts';
import type { Announcement } from './announcement.ts';
import { putAnnouncement, putSending, type ToEndpoint } from './announcement-store.sqlite.ts';
import type { Disabled } from './announcement-store.ts';
import type { CarriedAnnouncement } from './carried.ts';

export const carriedAnnouncements: CarriedBySqlite<CarriedAnnouncement> = {
  *all(from) {
    const rows = from.all<Omit<Announcement, 'detail'> & { detail: string }>(
      'SELECT id, key, kind, booking, revision, fence, detail, at FROM announcements ORDER BY rowid',
    );
    for (const { detail, ...announcement } of rows)
      yield {
        announcement: { ...announcement, detail: JSON.parse(detail) },
        to: from.all<ToEndpoint>(
          'SELECT endpoint, state, attempts, nextAt, status, reason, triedAt FROM sendings WHERE announcement = ? ORDER BY endpoint',
          announcement.id,
        ),
      };
  },
  put(tx, { announcement, to }) {
    putAnnouncement(tx, announcement);
    for (const each of to) putSending(tx, announcement, each);
  },
};

/** Endpoints that are disabled, and why. */
export const carriedDisabled: CarriedBySqlite<Disabled> = {
  all: from => from.all<Disabled>('SELECT endpoint, at, reason FROM disabled_endpoints'),
  put(tx, { endpoint, at, reason }) {
    tx.run('INSERT OR REPLACE INTO disabled_endpoints VALUES (?, ?, ?)', endpoint, at, reason);
  },
};
