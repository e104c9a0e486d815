import { expect, it } from 'vitest';
import { openSqlite } from '#platform/sqlite.ts';
import { serviceKeyStoreContract } from './service-key-store.contract.ts';
import { sqliteServiceKeyStore } from './service-key-store.sqlite.ts';

serviceKeyStoreContract(() => sqliteServiceKeyStore(openSqlite(':memory:')));

it('finds a key through an index of hashes, not by comparing', () => {
  const db = openSqlite(':memory:');
  sqliteServiceKeyStore(db);
  const plan = db.all<{ detail: string }>(
    'EXPLAIN QUERY PLAN SELECT * FROM service_keys WHERE hash = ?',
    'x',
  );
  expect(plan.map(row => row.detail).join()).toMatch(/SEARCH service_keys USING INDEX .*hash=\?/);
});
