import type { Sqlite } from '#platform/sqlite.ts';
import type { MailboxMark, MailboxMemory } from './mailbox-memory.ts';

export function sqliteMailboxMemory(db: Sqlite): MailboxMemory {
  db.migrate('mailboxes', [
    `CREATE TABLE mailboxes (
       mailbox TEXT PRIMARY KEY, validity TEXT NOT NULL, lastUid INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;`,
  ]);
  return {
    find: async mailbox =>
      db.get<MailboxMark>('SELECT validity, lastUid FROM mailboxes WHERE mailbox = ?', mailbox) ?? null,
    put: (mailbox, { validity, lastUid }) =>
      db.write(tx => {
        tx.run('INSERT OR REPLACE INTO mailboxes VALUES (?, ?, ?)', mailbox, validity, lastUid);
      }),
  };
}
