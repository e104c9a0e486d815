import { describe } from 'vitest';
import { openSqlite } from '#platform/sqlite.ts';
import { pageStoreContract } from './page-store.contract.ts';
import { sqlitePageStore } from './page-store.sqlite.ts';

describe('pages in SQLite', () => {
  pageStoreContract(() => sqlitePageStore(openSqlite(':memory:')));
});
