import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { perSecond } from '../figures.js';
import { freshFolder } from '../gangway.js';

/** What the disk and SQLite give on this machine in this run: the limits that everything else stands next to. */
export function limits({ row, saw }, seconds) {
  const folder = freshFolder();
  const alone = rate(seconds, commits(folder, 'alone', 1));
  row('disk: commits of one row, synchronous=FULL', perSecond(alone));
  const grouped = rate(seconds, commits(folder, 'grouped', 100)) * 100;
  row('disk: rows in commits of a hundred', perSecond(grouped));
  const chain = rate(seconds, outbox(folder));
  row(
    'bare outbox: one booking, eight effects, a commit for each',
    perSecond(chain),
    'no rendering, no journal, no letters',
  );
  const files = rate(seconds, file(folder));
  row('disk: a file written, flushed, renamed, its folder flushed', perSecond(files));
  return saw('disk', { alone, grouped, chain, file: files });
}

/** The same once more: on a machine shared with others, what the disk gives changes while everything else is measured. */
export const limitAtTheEnd = ({ row }, seconds) =>
  row(
    'disk, at the end of the run: commits of one row',
    perSecond(rate(seconds, commits(freshFolder(), 'end', 1))),
  );

function rate(seconds, once) {
  const end = performance.now() + seconds * 1000;
  let count = 0;
  const begin = performance.now();
  for (; performance.now() < end; count++) once(count);
  return count / ((performance.now() - begin) / 1000);
}

function opened(folder, name) {
  const db = new DatabaseSync(join(folder, `${name}.db`));
  db.exec(
    'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (n INTEGER PRIMARY KEY, done INTEGER, v TEXT)',
  );
  return db;
}

function commits(folder, name, rows) {
  const db = opened(folder, name);
  const insert = db.prepare('INSERT INTO t (done, v) VALUES (0, ?)');
  const text = 'x'.repeat(500);
  return () => {
    db.exec('BEGIN');
    for (let i = 0; i < rows; i++) insert.run(text);
    db.exec('COMMIT');
  };
}

function outbox(folder) {
  const db = opened(folder, 'outbox');
  const insert = db.prepare('INSERT INTO t (done, v) VALUES (0, ?)');
  const update = db.prepare('UPDATE t SET done = ? WHERE n = ?');
  const text = 'x'.repeat(500);
  return () => {
    const { lastInsertRowid } = insert.run(text);
    for (let effect = 1; effect <= 8; effect++) update.run(effect, lastInsertRowid);
  };
}

function file(folder) {
  const place = join(folder, 'files');
  mkdirSync(place);
  const above = openSync(place, 'r');
  const bytes = Buffer.alloc(20_000, 'x');
  return count => {
    const fresh = join(place, `${count}.new`);
    const descriptor = openSync(fresh, 'w');
    writeSync(descriptor, bytes);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(fresh, join(place, `${count}.html`));
    fsyncSync(above);
  };
}
