import { openSqlite } from '#platform/sqlite.ts';
import { drivesContract } from './drives.contract.ts';
import { sqliteDrives } from './drives.sqlite.ts';

drivesContract(clock => sqliteDrives(openSqlite(':memory:'), clock));
