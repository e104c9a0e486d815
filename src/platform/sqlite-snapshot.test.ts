import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSqlite } from './sqlite.ts';
import { problemsInCopy, snapshot } from './sqlite-snapshot.ts';
import { temporaryFolder } from './temporary-folder.testing.ts';

const folder = () => temporaryFolder('snapshot');

it('a snapshot holds what was committed when it was taken, whatever is written while it is copied', async () => {
  const at = folder();
  const [a, b] = ['a', 'b'].map(name => openSqlite(join(at, `${name}.db`)));
  if (!a || !b) throw new Error('two files');
  for (const db of [a, b]) db.migrate('t', ['CREATE TABLE t (n INTEGER PRIMARY KEY, v TEXT) STRICT']);
  const put = (db: typeof a, from: number, count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, n) =>
        db.write(tx => tx.run('INSERT INTO t VALUES (?, ?)', from + n, 'x'.repeat(500))),
      ),
    );
  await Promise.all([put(a, 0, 2000), put(b, 0, 2000)]);

  const held = [a, b].map(db => snapshot(db.file));
  const copies = held.map((one, n) => one.copyTo(join(at, `copy-${n}.db`)));
  for (let n = 1; n <= 10; n++) await Promise.all([put(a, n * 10_000, 100), put(b, n * 10_000, 100)]);
  await Promise.all(copies);
  for (const one of held) one.release();

  for (const n of [0, 1]) {
    const file = join(at, `copy-${n}.db`);
    expect(problemsInCopy(file)).toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const copy = openSqlite(file);
    expect(copy.get('SELECT count(*) AS n, max(n) AS last FROM t')).toEqual({ n: 2000, last: 1999 });
    copy.close();
  }
  a.close();
  b.close();
});

it('a copy never takes the place of a file that is there', async () => {
  const at = folder();
  const db = openSqlite(join(at, 'a.db'));
  writeFileSync(join(at, 'there.db'), 'mine');
  const held = snapshot(db.file);
  await expect(held.copyTo(join(at, 'there.db'))).rejects.toThrow(/EEXIST/);
  held.release();
  db.close();
});

it('a file that is no database, or is not there, is named as such', () => {
  const file = join(folder(), 'a.db');
  expect(problemsInCopy(file)).toHaveLength(1);
  writeFileSync(file, 'not a database, though long enough to be taken for one'.repeat(100));
  expect(problemsInCopy(file)).toEqual([expect.stringMatching(/not a database/)]);
});
