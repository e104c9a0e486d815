import { openSqlite } from '#platform/sqlite.ts';
import { financeStoreContract } from './finance-store.contract.ts';
import { sqliteFinanceStore } from './finance-store.sqlite.ts';

financeStoreContract(() => sqliteFinanceStore(openSqlite(':memory:')));
