import { type Clock, isoInstant } from '#lib/clock.ts';
import { newId, type Random } from '#lib/random.ts';
import type { Sqlite, Transaction } from '#platform/sqlite.ts';
import type { Announcement, AnnouncementId, Sending } from './announcement.ts';
import type { AnnouncementStore, Disabled } from './announcement-store.ts';

const ddl = [
  `CREATE TABLE announcements (
     id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, booking TEXT, revision INTEGER,
     fence TEXT NOT NULL, detail TEXT NOT NULL, at TEXT NOT NULL
   ) STRICT;
   CREATE INDEX announcements_by_booking ON announcements (booking, revision) WHERE booking IS NOT NULL;
   CREATE TABLE sendings (
     announcement TEXT NOT NULL, endpoint TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
     nextAt TEXT, status INTEGER, reason TEXT, triedAt TEXT, at TEXT NOT NULL,
     PRIMARY KEY (announcement, endpoint)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX sendings_due ON sendings (nextAt) WHERE nextAt IS NOT NULL;
   CREATE INDEX sendings_by_time ON sendings (at);
   CREATE TABLE disabled_endpoints (endpoint TEXT PRIMARY KEY, at TEXT NOT NULL, reason TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
];

/** How one announcement goes to one endpoint. */
export type ToEndpoint = Omit<Sending, 'announcement'>;

const untried = { state: 'pending', attempts: 0, status: null, reason: null, triedAt: null } as const;

type Row = Omit<Announcement, 'detail'> & ToEndpoint & { detail: string };

const joined = `SELECT a.id, a.key, a.kind, a.booking, a.revision, a.fence, a.detail, a.at,
    s.endpoint, s.state, s.attempts, s.nextAt, s.status, s.reason, s.triedAt
  FROM sendings s JOIN announcements a ON a.id = s.announcement`;

/** On the money database, because that some things happened at all is for owners. */
export function sqliteAnnouncementStore(
  db: Sqlite,
  house: { clock: Clock; random: Random },
): AnnouncementStore {
  db.migrate('announcements', ddl);
  const now = () => isoInstant(house.clock.now());
  const select = (where: string, ...values: (string | number)[]) =>
    db.all<Row>(`${joined} ${where}`, ...values).map(sendingOf);
  const enabled = 's.endpoint NOT IN (SELECT endpoint FROM disabled_endpoints)';

  return {
    announce: (what, to) =>
      db.write(tx => {
        if (tx.get('SELECT id FROM announcements WHERE key = ?', what.key)) return false;
        const announcement = { ...what, id: newId(house.random, 'ann') as AnnouncementId };
        putAnnouncement(tx, announcement);
        for (const { endpoint, dueAt } of to)
          putSending(tx, announcement, { ...untried, endpoint, nextAt: dueAt });
        return true;
      }),
    announced: async booking =>
      db.get<{ last: number | null }>(
        'SELECT max(revision) AS last FROM announcements WHERE booking = ?',
        booking,
      )?.last ?? null,
    due: async limit =>
      select(`WHERE s.nextAt <= ? AND ${enabled} ORDER BY s.nextAt, a.rowid LIMIT ?`, now(), limit),
    nextDue: async () =>
      db.get<{ next: string | null }>(
        `SELECT min(nextAt) AS next FROM sendings s WHERE nextAt IS NOT NULL AND ${enabled}`,
      )?.next ?? null,
    async tried(id, endpoint, how) {
      const state = how.kind === 'delivered' ? 'delivered' : how.nextAt === null ? 'failed' : 'pending';
      const [nextAt, reason] = how.kind === 'delivered' ? [null, null] : [how.nextAt, how.reason];
      await db.write(tx =>
        tx.run(
          `UPDATE sendings SET state = ?, attempts = attempts + 1, nextAt = ?, status = ?, reason = ?, triedAt = ?
           WHERE announcement = ? AND endpoint = ?`,
          state,
          nextAt,
          how.status,
          reason,
          now(),
          id,
          endpoint,
        ),
      );
    },
    async list({ endpoint, state, limit }) {
      const parts = Object.entries({ endpoint, state }).filter(([, value]) => value !== undefined);
      const where = parts.map(([column]) => `s.${column} = ?`).join(' AND ');
      const values = parts.map(([, value]) => String(value));
      return select(
        `${where ? `WHERE ${where}` : ''} ORDER BY s.at DESC, a.rowid DESC, s.endpoint LIMIT ?`,
        ...values,
        limit,
      );
    },
    find: async id => select('WHERE a.id = ? ORDER BY s.endpoint', id),
    replay: (id, endpoint) =>
      db.write(
        tx =>
          tx.run(
            `UPDATE sendings SET state = 'pending', attempts = 0, nextAt = ? WHERE announcement = ? AND endpoint = ?`,
            now(),
            id,
            endpoint,
          ) > 0,
      ),
    async disable(endpoint, reason) {
      await db.write(tx =>
        tx.run(
          'INSERT OR IGNORE INTO disabled_endpoints (endpoint, at, reason) VALUES (?, ?, ?)',
          endpoint,
          now(),
          reason,
        ),
      );
    },
    async enable(endpoint) {
      await db.write(tx => {
        tx.run('DELETE FROM disabled_endpoints WHERE endpoint = ?', endpoint);
        tx.run(
          `UPDATE sendings SET nextAt = ?, attempts = 0 WHERE endpoint = ? AND state = 'pending'`,
          now(),
          endpoint,
        );
      });
    },
    disabled: async () =>
      db.all<Disabled>('SELECT endpoint, at, reason FROM disabled_endpoints ORDER BY endpoint'),
    async forget(booking) {
      await db.write(tx => {
        tx.run(
          'DELETE FROM sendings WHERE announcement IN (SELECT id FROM announcements WHERE booking = ?)',
          booking,
        );
        tx.run('DELETE FROM announcements WHERE booking = ?', booking);
      });
    },
  };
}

const sendingOf = ({
  endpoint,
  state,
  attempts,
  nextAt,
  status,
  reason,
  triedAt,
  ...announcement
}: Row): Sending => ({
  announcement: {
    ...announcement,
    id: announcement.id as AnnouncementId,
    detail: JSON.parse(announcement.detail),
  },
  endpoint,
  state,
  attempts,
  nextAt,
  status,
  reason,
  triedAt,
});

/** Writes an announcement in the place of what was there under its id. */
export function putAnnouncement(tx: Transaction, announcement: Announcement): void {
  const { id, key, kind, booking, revision, fence, detail, at } = announcement;
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
}

/** Writes how an announcement goes to one endpoint in the place of what was there. */
export function putSending(tx: Transaction, { id, at }: Announcement, to: ToEndpoint): void {
  tx.run(
    `INSERT OR REPLACE INTO sendings (announcement, endpoint, state, attempts, nextAt, status, reason, triedAt, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    to.endpoint,
    to.state,
    to.attempts,
    to.nextAt,
    to.status,
    to.reason,
    to.triedAt,
    at,
  );
}
