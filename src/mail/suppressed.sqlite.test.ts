import { openSqlite } from '#platform/sqlite.ts';
import { suppressedContract } from './suppressed.contract.ts';
import { sqliteSuppressed } from './suppressed.sqlite.ts';

suppressedContract(() => sqliteSuppressed(openSqlite(':memory:')));
