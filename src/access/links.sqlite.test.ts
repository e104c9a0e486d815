import { expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { isLinkToken } from './link-rules.ts';
import { linksContract } from './links.contract.ts';
import { sqliteLinks } from './links.sqlite.ts';

const key = 'Zk3v0QpXy7RtBn5WcJ8mLd2GhS6fUa9e';
const clock = settableClock('2027-05-30T10:00:00Z');
const link = { purpose: 'crew', subject: 'evt_1', holder: 'ines', expiresAt: null } as const;

linksContract(clock => sqliteLinks({ db: openSqlite(':memory:'), clock, key }));

it('keeps the hash of a token, never the token, and finds it by that hash', async () => {
  const db = openSqlite(':memory:');
  const token = await sqliteLinks({ db, clock, key }).issue(link);
  const kept = JSON.stringify(db.all('SELECT * FROM links'));
  expect(kept).not.toContain(token);
  expect(kept).toContain(sha256(token));
  const plan = db.all<{ detail: string }>('EXPLAIN QUERY PLAN SELECT * FROM links WHERE token_hash = ?', 'x');
  expect(plan.map(row => row.detail).join()).toMatch(/SEARCH links USING INDEX .*token_hash=\?/);
});

it('ends every link when the link key changes', async () => {
  const db = openSqlite(':memory:');
  const before = await sqliteLinks({ db, clock, key }).issue(link);
  const links = sqliteLinks({ db, clock, key: key.split('').reverse().join('') });
  expect(await links.open(before)).toBeNull();
  expect(await links.epoch('crew', 'evt_1', 'ines')).toBeNull();
  const after = await links.issue(link);
  expect(after).not.toBe(before);
  expect(await links.open(after)).not.toBeNull();
});

it('opens nothing for a row that somebody planted', async () => {
  const db = openSqlite(':memory:');
  const links = sqliteLinks({ db, clock, key });
  const forged = 'A'.repeat(43);
  await db.write(tx =>
    tx.run("INSERT INTO links VALUES ('sign-in', 'desk', 'owner', 1, ?, NULL)", sha256(forged)),
  );
  expect(await links.open(forged)).toBeNull();
});

it('takes 43 characters for a token, nothing around them, and no time to end that is none', async () => {
  const links = sqliteLinks({ db: openSqlite(':memory:'), clock, key });
  const token = await links.issue(link);
  expect(isLinkToken(token)).toBe(true);
  for (const wrong of [`${token}x`, `x${token}`, `${token}\n`, token.slice(1), `${token.slice(1)}.`])
    expect([wrong, isLinkToken(wrong)]).toEqual([wrong, false]);
  await expect(links.issue({ ...link, expiresAt: 'soon' })).rejects.toThrow('not an instant: soon');
});
