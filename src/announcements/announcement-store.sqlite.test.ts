import { openSqlite } from '#platform/sqlite.ts';
import { announcementStoreContract } from './announcement-store.contract.ts';
import { sqliteAnnouncementStore } from './announcement-store.sqlite.ts';

announcementStoreContract(house => sqliteAnnouncementStore(openSqlite(':memory:'), house));
