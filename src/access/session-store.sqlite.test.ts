import { expect, it } from 'vitest';
import { openSqlite } from '#platform/sqlite.ts';
import { sessionStoreContract } from './session-store.contract.ts';
import { sqliteSessionStore } from './session-store.sqlite.ts';

sessionStoreContract(() => sqliteSessionStore(openSqlite(':memory:')));

it('sweeps out sessions that are over when a new one begins', async () => {
  const db = openSqlite(':memory:');
  const store = sqliteSessionStore(db);
  const base = {
    kind: 'desk',
    person: 'ines',
    subject: 'owner',
    epoch: 0,
    seenAt: '2027-01-01T00:00:00.000Z',
  } as const;
  await store.add({ ...base, hash: '1', createdAt: base.seenAt, endsAt: '2027-01-08T00:00:00.000Z' });
  await store.add({
    ...base,
    hash: '2',
    createdAt: '2027-01-08T00:00:00.000Z',
    endsAt: '2027-01-15T00:00:00.000Z',
  });
  expect(db.all<{ hash: string }>('SELECT hash FROM sessions').map(row => row.hash)).toEqual(['2']);
});
