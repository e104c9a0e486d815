import { openSqlite } from '#platform/sqlite.ts';
import { feedInStoreContract } from './feed-in-store.contract.ts';
import { sqliteFeedInStore } from './feed-in-store.sqlite.ts';

feedInStoreContract(() => sqliteFeedInStore(openSqlite(':memory:')));
