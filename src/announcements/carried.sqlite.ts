import type { CarriedBySqlite } from '#platform/carried.ts';
import type { Announcement, Sending } from './announcement.ts';
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
        to: from.all<Omit<Sending, 'announcement'>>(
          'SELECT endpoint, state, attempts, nextAt, status, reason, triedAt FROM sendings WHERE announcement = ? ORDER BY endpoint',
          announcement.id,
        ),
      };
  },
  put(tx, { announcement: { id, key, kind, booking, revision, fence, detail, at }, to }) {
    tx.run(
      'INSERT OR REPLACE INTO announcements (id, key, kind, booking, revision, fence, detail, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      key,
      kind,
      booking,
      revision,
      fence,
      JSON.stringify(detail),
      at,
    );
    for (const { endpoint, state, attempts, nextAt, status, reason, triedAt } of to)
      tx.run(
        `INSERT OR REPLACE INTO sendings (announcement, endpoint, state, attempts, nextAt, status, reason, triedAt, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        id,
        endpoint,
        state,
        attempts,
        nextAt,
        status,
        reason,
        triedAt,
        at,
      );
  },
};

/** Endpoints that are disabled, and why. */
export const carriedDisabled: CarriedBySqlite<Disabled> = {
  all: from => from.all<Disabled>('SELECT endpoint, at, reason FROM disabled_endpoints'),
  put(tx, { endpoint, at, reason }) {
    tx.run('INSERT OR REPLACE INTO disabled_endpoints VALUES (?, ?, ?)', endpoint, at, reason);
  },
};
