import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { framesRead } from './log-frames.ts';

const folder = mkdtempSync(join(tmpdir(), 'gangway-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A log as SQLite writes it: three commits, of which the last has two pages. */
const written = () => {
  const database = new DatabaseSync(join(folder, 'a.db'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x)');
  database.exec('INSERT INTO t VALUES (1)');
  database.exec('BEGIN; INSERT INTO t VALUES (2); CREATE TABLE u (x); COMMIT');
  const log = readFileSync(join(folder, 'a.db-wal'));
  copyFileSync(join(folder, 'a.db'), join(folder, 'before.db'));
  database.close();
  return log;
};
const log = written();
const frame = 24 + 4096;
const changed = (at: number, to = 1) => {
  const copy = Buffer.from(log);
  copy[at] = (copy[at] ?? 0) ^ to;
  return copy;
};

it('reads a log to its last commit, and takes whatever is behind for nothing', () => {
  const read = framesRead();
  const all = read(log);
  expect(all).not.toBe('nothing');
  expect(read(Buffer.concat([log, Buffer.alloc(frame)]))).toBe(all);
  expect(read(Buffer.concat([log, log.subarray(32, 32 + frame)]))).toBe(all);
  expect(read(log.subarray(0, 100))).toBe('nothing');
  expect(read(Buffer.alloc(0))).toBe('nothing');
});

it('tells apart what SQLite would tell apart: whatever is before the last commit counts', () => {
  const read = framesRead();
  const all = read(log);
  for (const at of [33, 32 + 8, 32 + 17, 32 + 24 + 4000, 32 + frame + 30, log.length - 1])
    expect([at, read(changed(at))]).not.toEqual([at, all]);
  expect(read(changed(17))).toBe('nothing');
  expect(read(log)).toBe(all);
});

it('takes a commit of which a page is missing for no commit', () => {
  const read = framesRead();
  const withoutLast = read(log.subarray(0, log.length - frame));
  expect(withoutLast).not.toBe(read(log));
  expect(withoutLast).toBe(framesRead()(changed(log.length - 1)));
});

it('says the same whichever log came before', () => {
  const logs = [
    log,
    log.subarray(0, log.length - frame),
    changed(32 + frame + 30),
    changed(33),
    Buffer.alloc(40),
  ];
  const alone = logs.map(each => framesRead()(each));
  for (const first of logs) {
    const read = framesRead();
    read(first);
    expect(logs.map(read)).toEqual(alone);
  }
});

it('knows no two logs for one that it cannot sum up', () => {
  const read = framesRead();
  expect(read(changed(3))).not.toBe(read(log));
});

it('agrees with SQLite: logs with one answer hold the same', () => {
  const read = framesRead();
  const held = new Map<string, string>();
  for (let at = 0; at < 150; at++) {
    const flipped = changed((at * 1237) % log.length);
    const cut = flipped.subarray(0, at % 3 === 0 ? (at * 733) % log.length : log.length);
    copyFileSync(join(folder, 'before.db'), join(folder, 'b.db'));
    writeFileSync(join(folder, 'b.db-wal'), cut);
    const database = new DatabaseSync(join(folder, 'b.db'));
    database.exec('PRAGMA synchronous = OFF');
    const { n } = database.prepare('SELECT count(*) AS n FROM sqlite_schema').get() as { n: number };
    const rows = n === 0 ? [] : database.prepare('SELECT x FROM t').all();
    database.close();
    const answer = read(cut);
    const holds = JSON.stringify([n, rows]);
    expect([answer, held.get(answer) ?? holds]).toEqual([answer, holds]);
    held.set(answer, holds);
  }
  expect(held.size).toBe(3);
});
