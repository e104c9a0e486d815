import { expect, it } from 'vitest';
import { openSqlite } from '#platform/sqlite.ts';
import { deviceStoreContract } from './device-store.contract.ts';
import { sqliteDeviceStore } from './device-store.sqlite.ts';

deviceStoreContract(() => sqliteDeviceStore(openSqlite(':memory:')));

it('forgets the devices that nobody came in with for long', async () => {
  const db = openSqlite(':memory:');
  const store = sqliteDeviceStore(db);
  await store.remember(
    { door: 'crew', person: 'ines', hash: 'a' },
    '2026-01-01T00:00:00Z',
    '2025-01-01T00:00:00Z',
  );
  await store.remember(
    { door: 'crew', person: 'tom', hash: 'b' },
    '2027-06-01T00:00:00Z',
    '2026-04-27T00:00:00Z',
  );
  expect(db.all('SELECT person FROM devices')).toEqual([{ person: 'tom' }]);
});
