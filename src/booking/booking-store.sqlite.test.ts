import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settableClock, systemClock } from '#lib/clock.ts';
import { systemRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import { message, minute, testFleet, testNow } from './booking.fixture.ts';
import { bookingStoreContract } from './booking-store.contract.ts';
import { sqliteBookingStore } from './booking-store.sqlite.ts';
import { judgeBy } from './draft.ts';

describe('bookings in SQLite', () => {
  bookingStoreContract(house => sqliteBookingStore(openSqlite(':memory:'), house));

  it('are there after the file is opened again', async () => {
    const file = join(temporaryFolder(), 'a.db');
    const house = { clock: systemClock, random: systemRandom };
    const judge = judgeBy({ fleet: testFleet, clock: { ...systemClock, now: () => Date.parse(testNow) } });
    const first = openSqlite(file);
    const recorded = await sqliteBookingStore(first, house).record(message({ at: minute(1) }), judge);
    first.close();
    const second = openSqlite(file);
    const bookings = sqliteBookingStore(second, house);
    expect(await bookings.byName('market', 'xhqgmdh')).toEqual(
      recorded.kind === 'created' ? recorded.booking : null,
    );
    second.close();
  });

  it('are found by a word that many share', async () => {
    const house = { clock: settableClock(testNow), random: systemRandom };
    const bookings = sqliteBookingStore(openSqlite(':memory:'), house);
    const judge = judgeBy({ fleet: testFleet, ...house });
    await Promise.all(
      Array.from({ length: 1_100 }, (_, n) =>
        bookings.record(message({ at: minute(1), externalId: `x${n}` }), judge),
      ),
    );
    expect(await bookings.list({ text: 'carole', limit: 7 })).toHaveLength(7);
    expect(await bookings.list({ text: 'carole x109' })).toHaveLength(11);
    expect(await bookings.list({ text: 'carole nobody' })).toEqual([]);
  });

  it.each([
    [
      'list',
      'SELECT body FROM bookings WHERE revision > 0 AND absorbedBy IS NULL AND startAt >= ? ORDER BY startAt, id LIMIT ?',
    ],
    [
      'by status',
      'SELECT body FROM bookings WHERE revision > 0 AND absorbedBy IS NULL AND status = ? ORDER BY startAt, id LIMIT ?',
    ],
    [
      'by vessel',
      'SELECT body FROM bookings WHERE revision > 0 AND absorbedBy IS NULL AND vessel = ? AND startAt >= ? ORDER BY startAt, id LIMIT ?',
    ],
    ['outbox', 'SELECT body FROM bookings WHERE revision > fulfilledRevision ORDER BY recordedAt LIMIT ?'],
    ['count', 'SELECT count(*) AS n FROM bookings WHERE revision > 0 AND absorbedBy IS NULL'],
  ])('are read along an index, not by going through all of them: %s', (_what, sql) => {
    const db = openSqlite(':memory:');
    sqliteBookingStore(db, { clock: systemClock, random: systemRandom });
    const values = [...sql.matchAll(/\?/g)].map(() => '1');
    const plan = db
      .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values)
      .map(row => row.detail)
      .join('; ');
    expect(plan).toMatch(/USING (COVERING )?INDEX bookings_/);
    expect(plan).not.toMatch(/TEMP B-TREE/);
  });
});
