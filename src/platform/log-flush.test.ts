import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { logFlush } from './log-flush.ts';
import { temporaryFolder } from './temporary-folder.testing.ts';

const freshLog = () => {
  const log = join(temporaryFolder(), 'a.db-wal');
  writeFileSync(log, 'frames');
  return log;
};

it('answers in the order of asking, those who ask meanwhile with the next flush', async () => {
  const flush = logFlush(freshLog());
  const answered: number[] = [];
  const ask = async (n: number) => {
    await flush.flushed();
    answered.push(n);
  };
  const first = ask(1);
  const second = ask(2);
  await first;
  expect(answered).toEqual([1]);
  await Promise.all([second, ask(3)]);
  expect(answered).toEqual([1, 2, 3]);
  flush.close();
});

it('leaves nobody waiting when it is closed', async () => {
  const flush = logFlush(freshLog());
  const waiting = [flush.flushed(), flush.flushed(), flush.flushed()];
  flush.close();
  await expect(Promise.all(waiting)).resolves.toHaveLength(3);
});

it('says to everybody what the disk said, and asks it again for those who come after', async () => {
  const log = join(temporaryFolder(), 'a.db-wal');
  mkdirSync(log);
  const flush = logFlush(log);
  const two = await Promise.allSettled([flush.flushed(), flush.flushed()]);
  expect(two.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(flush.flushed()).rejects.toMatchObject({ code: 'EISDIR' });
  flush.close();
});
