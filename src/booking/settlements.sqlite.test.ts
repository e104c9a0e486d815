import { openSqlite } from '#platform/sqlite.ts';
import { settlementsContract } from './settlements.contract.ts';
import { sqliteSettlements } from './settlements.sqlite.ts';

settlementsContract(() => sqliteSettlements(openSqlite(':memory:')));
