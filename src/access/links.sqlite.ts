import type { Clock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import type { Reader, Sqlite, Transaction } from '#platform/sqlite.ts';
import { isLinkToken, type LinkRecord, linkRules } from './link-rules.ts';
import type { Links } from './links.ts';

/** Links in SQLite. */
export function sqliteLinks({ db, clock, key }: { db: Sqlite; clock: Clock; key: string }): Links {
  db.migrate('access links', [
    `CREATE TABLE links (
      purpose TEXT NOT NULL,
      subject TEXT NOT NULL,
      holder TEXT NOT NULL,
      generation INTEGER NOT NULL,
      token_hash TEXT UNIQUE,
      expires_ms INTEGER,
      PRIMARY KEY (purpose, subject, holder)
    ) STRICT`,
  ]);
  const rules = linkRules({ clock, key });

  return {
    issue: link =>
      db.write(tx => {
        const { record, token } = rules.issued(kept(tx, link.purpose, link.subject, link.holder), link);
        save(tx, record);
        return token;
      }),
    async open(token) {
      if (!isLinkToken(token)) return null;
      return rules.opened(
        db.get<LinkRecord>(`SELECT ${columns} FROM links WHERE token_hash = ?`, sha256(token)) ?? null,
      );
    },
    async epoch(purpose, subject, holder) {
      const record = kept(db, purpose, subject, holder);
      return rules.isInForce(record) ? record.generation : null;
    },
    revoke: (purpose, subject, holder) =>
      db.write(tx => {
        const record = rules.revoked(kept(tx, purpose, subject, holder));
        if (record) save(tx, record);
      }),
  };
}

const columns = 'purpose, subject, holder, generation, token_hash AS tokenHash, expires_ms AS expiresMs';

const kept = (from: Reader, purpose: string, subject: string, holder: string): LinkRecord | null =>
  from.get<LinkRecord>(
    `SELECT ${columns} FROM links WHERE purpose = ? AND subject = ? AND holder = ?`,
    purpose,
    subject,
    holder,
  ) ?? null;

const save = (tx: Transaction, record: LinkRecord) =>
  tx.run(
    `INSERT INTO links (purpose, subject, holder, generation, token_hash, expires_ms) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET generation = excluded.generation, token_hash = excluded.token_hash, expires_ms = excluded.expires_ms`,
    record.purpose,
    record.subject,
    record.holder,
    record.generation,
    record.tokenHash,
    record.expiresMs,
  );
