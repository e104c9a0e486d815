import { openSqlite } from '#platform/sqlite.ts';
import { beliefsContract } from './beliefs.contract.ts';
import { sqliteBeliefs } from './beliefs.sqlite.ts';

beliefsContract(() => sqliteBeliefs(openSqlite(':memory:')));
