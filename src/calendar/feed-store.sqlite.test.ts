import { openSqlite } from '#platform/sqlite.ts';
import { feedStoreContract } from './feed-store.contract.ts';
import { sqliteFeedStore } from './feed-store.sqlite.ts';

feedStoreContract(() => sqliteFeedStore(openSqlite(':memory:')));
