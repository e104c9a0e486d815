import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSqlite } from './sqlite.ts';
import { snapshot } from './sqlite-snapshot.ts';
import { temporaryFolder } from './temporary-folder.testing.ts';

const fresh = () => openSqlite(join(temporaryFolder(), 'a.db'));

it('commits writes of one turn together and undoes only the one that throws', async () => {
  const db = fresh();
  db.migrate('t', ['CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT']);
  const results = await Promise.allSettled([
    db.write(tx => tx.run('INSERT INTO t VALUES (1)')),
    db.write(tx => {
      tx.run('INSERT INTO t VALUES (2)');
      throw new Error('no');
    }),
    db.write(tx => tx.get<{ n: number }>('SELECT count(*) AS n FROM t')?.n),
  ]);
  expect(results.map(r => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(db.all('SELECT n FROM t')).toEqual([expect.objectContaining({ n: 1 })]);
  db.close();
});

it('is readable by its owner only and attaches no other file', async () => {
  const db = fresh();
  expect(statSync(db.file).mode & 0o777).toBe(0o600);
  await expect(db.write(tx => tx.run(`ATTACH '${db.file}' AS other`))).rejects.toThrow(/attach/);
  db.close();
});

it('takes a value for a value, whatever it spells, and no second statement', async () => {
  const db = fresh();
  db.migrate('t', ['CREATE TABLE t (name TEXT) STRICT']);
  const names = [
    `'); DROP TABLE t; --`,
    `' OR '1'='1`,
    'x" UNION SELECT name FROM sqlite_schema --',
    '?',
    ':a',
  ];
  for (const name of names) await db.write(tx => tx.run('INSERT INTO t VALUES (?)', name));
  for (const name of names)
    expect(db.all('SELECT name FROM t WHERE name = ?', name)).toEqual([expect.objectContaining({ name })]);
  await db.write(tx => tx.run('DELETE FROM t WHERE name = ?; DROP TABLE t', '?'));
  expect(db.get('SELECT count(*) AS left FROM t')).toMatchObject({ left: names.length - 1 });
  db.close();
});

it('refuses a file written by a newer program', () => {
  const db = fresh();
  db.migrate('room', ['CREATE TABLE a (n INTEGER)', 'CREATE TABLE b (n INTEGER)']);
  expect(() => db.migrate('room', ['CREATE TABLE a (n INTEGER)'])).toThrow(/newer/);
  db.close();
});

it('keeps the order of commits, whether each waits for the disk or not', async () => {
  const db = fresh();
  db.migrate('t', ['CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT']);
  await db.writeSoon(tx => tx.run('INSERT INTO t VALUES (1)'));
  await Promise.all([
    db.writeSoon(tx => tx.run('INSERT INTO t VALUES (2)')),
    db.write(tx => tx.run('INSERT INTO t SELECT max(n) + 1 FROM t')),
    db.relaxed().write(tx => tx.run('INSERT INTO t SELECT max(n) + 1 FROM t')),
  ]);
  expect(db.all<{ n: number }>('SELECT n FROM t ORDER BY n').map(row => row.n)).toEqual([1, 2, 3, 4]);
  db.close();
});

it('commits what is queued when it is closed, and takes nothing after', async () => {
  const db = fresh();
  db.migrate('t', ['CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT']);
  const last = db.write(tx => tx.run('INSERT INTO t VALUES (1)'));
  db.close();
  await last;
  await expect(db.write(tx => tx.run('INSERT INTO t VALUES (2)'))).rejects.toThrow(/is closed/);
  await new Promise(setImmediate);
  const again = openSqlite(db.file);
  expect(again.all<{ n: number }>('SELECT n FROM t').map(row => row.n)).toEqual([1]);
  again.close();
});

it('says of a file that is no database that it is none', () => {
  const file = join(temporaryFolder(), 'a.db');
  writeFileSync(file, 'something else was written over it '.repeat(40));
  expect(() => openSqlite(file)).toThrow(/is no database, or is damaged.*backup/);
});

it('leaves nothing between its rows, nor in its log, of what was overwritten or deleted before a scrub', async () => {
  const db = fresh();
  db.migrate('t', [
    'CREATE TABLE t (id TEXT PRIMARY KEY, body TEXT) STRICT; CREATE INDEX by_body ON t (body)',
  ]);
  const say = (n: number, body: string) =>
    db.write(tx => tx.run('INSERT OR REPLACE INTO t VALUES (?, ?)', `id ${(n * 7919) % 1009}`, body));
  for (let n = 0; n < 300; n++) await say(n, `canary ${n} `.repeat(1 + (n % 90) ** (n % 3)));
  for (let n = 0; n < 300; n += 2) await say(n, 'gone');
  await db.write(tx => tx.run("DELETE FROM t WHERE body LIKE 'canary%'"));
  const traces = () => ['', '-wal'].filter(end => readFileSync(db.file + end).includes('canary'));
  expect(traces()).not.toEqual([]);

  const late = db.write(tx => tx.run("INSERT INTO t VALUES ('late', 'written in between')"));
  await db.scrub();
  await late;
  expect(traces()).toEqual([]);
  expect(db.get('SELECT count(*) AS n FROM t')).toMatchObject({ n: 151 });
  expect(db.get("SELECT body FROM t WHERE id = 'late'")).toMatchObject({ body: 'written in between' });
  expect(statSync(db.file).mode & 0o777).toBe(0o600);
  db.close();
});

it('says so when a backup holds the file while it should be scrubbed', async () => {
  const db = fresh();
  db.migrate('t', ['CREATE TABLE t (n INTEGER) STRICT']);
  const held = snapshot(db.file);
  await expect(db.scrub()).rejects.toMatchObject({ code: 'database-busy', retryable: true });
  held.release();
  await db.scrub();
  db.close();
});
