import { openSqlite } from '#platform/sqlite.ts';
import { crewStoreContract } from './crew-store.contract.ts';
import { sqliteCrewStore } from './crew-store.sqlite.ts';

crewStoreContract(() => sqliteCrewStore(openSqlite(':memory:')));
