import { describe } from 'vitest';
import { openSqlite } from '#platform/sqlite.ts';
import { inboxContract } from './inbox.contract.ts';
import { sqliteInbox } from './inbox.sqlite.ts';

describe('the inbox in SQLite', () => {
  inboxContract(house => sqliteInbox(openSqlite(':memory:'), house));
});
