import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSqlite } from './sqlite.ts';

const fresh = () => openSqlite(join(mkdtempSync(join(tmpdir(), 'gangway-')), 'a.db'));

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
  const file = join(mkdtempSync(join(tmpdir(), 'gangway-')), 'a.db');
  writeFileSync(file, 'something else was written over it '.repeat(40));
  expect(() => openSqlite(file)).toThrow(/is no database, or is damaged.*backup/);
});
