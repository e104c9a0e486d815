import { openSqlite } from '#platform/sqlite.ts';
import { photoRecordsContract } from './photo-records.contract.ts';
import { sqlitePhotoRecords } from './photo-records.sqlite.ts';

photoRecordsContract('SQLite', () => sqlitePhotoRecords(openSqlite(':memory:')));
