import { createHmac } from 'node:crypto';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import type { Sqlite } from '#platform/sqlite.ts';
import type { LinkPurpose, Links } from './links.ts';

/** Links in SQLite. `key` is the link key: 32 secret bytes or more, checked at the start (`checkSecret`). */
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

  const tokenOf = (purpose: string, subject: string, holder: string, generation: number) =>
    createHmac('sha256', key)
      .update(JSON.stringify(['gangway link', purpose, subject, holder, generation]))
      .digest('base64url');

  // The hash is compared with what the key derives now, so that neither an old key's links nor a planted row open anything.
  const inForce = (row: LinkRow | undefined): row is LinkRow =>
    row !== undefined &&
    (row.expires_ms === null || row.expires_ms > clock.now()) &&
    row.token_hash === sha256(tokenOf(row.purpose, row.subject, row.holder, row.generation));

  const one = `SELECT * FROM links WHERE purpose = ? AND subject = ? AND holder = ?`;

  return {
    issue: ({ purpose, subject, holder, expiresAt }) =>
      db.write(tx => {
        const wanted = expiresAt === null ? null : instant(expiresAt);
        const row = tx.get<LinkRow>(one, purpose, subject, holder);
        let generation = row?.generation ?? 1;
        let expires = wanted;
        if (row?.token_hash) {
          if (purpose === 'sign-in' && inForce(row)) expires = row.expires_ms;
          else if (purpose === 'sign-in') generation++;
          else expires = later(row.expires_ms, wanted);
        }
        const token = tokenOf(purpose, subject, holder, generation);
        tx.run(
          `INSERT INTO links (purpose, subject, holder, generation, token_hash, expires_ms) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET generation = excluded.generation, token_hash = excluded.token_hash, expires_ms = excluded.expires_ms`,
          purpose,
          subject,
          holder,
          generation,
          sha256(token),
          expires,
        );
        return token;
      }),

    async open(token) {
      if (!tokenShape.test(token)) return null;
      const row = db.get<LinkRow>('SELECT * FROM links WHERE token_hash = ?', sha256(token));
      if (!inForce(row)) return null;
      const { purpose, subject, holder, generation, expires_ms } = row;
      const expiresAt = expires_ms === null ? null : isoInstant(expires_ms);
      return { purpose, subject, holder, expiresAt, epoch: generation };
    },

    async epoch(purpose, subject, holder) {
      const row = db.get<LinkRow>(one, purpose, subject, holder);
      return inForce(row) ? row.generation : null;
    },

    revoke: (purpose, subject, holder) =>
      db.write(tx => {
        tx.run(
          `UPDATE links SET generation = generation + 1, token_hash = NULL, expires_ms = NULL
           WHERE purpose = ? AND subject = ? AND holder = ? AND token_hash IS NOT NULL`,
          purpose,
          subject,
          holder,
        );
      }),
  };
}

type LinkRow = {
  purpose: LinkPurpose;
  subject: string;
  holder: string;
  generation: number;
  token_hash: string | null;
  expires_ms: number | null;
};

/** 32 bytes in base64url. Checked first so that nobody makes us hash a megabyte. */
const tokenShape = /^[A-Za-z0-9_-]{43}$/;

const later = (a: number | null, b: number | null) => (a === null || b === null ? null : Math.max(a, b));

function instant(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new TypeError(`not an instant: ${text}`);
  return ms;
}
