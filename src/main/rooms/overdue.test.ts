import { expect, it } from 'vitest';
import { sqliteDrives } from '#fulfilment/drives.sqlite.ts';
import type { Handed } from '#mail/mailer.ts';
import { minute, named, office, using } from '#mail/post.testing.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { overdue } from './overdue.ts';

function opened() {
  let answer: Handed = { kind: 'sent' };
  const { post, pass, clock } = office(() => ({
    exactlyOnce: false,
    send: async () => answer,
    close: async () => {},
  }));
  const drives = sqliteDrives(using(openSqlite(':memory:')), clock);
  const none = { drives: { underWay: async () => [] }, post: { list: async () => [] } };
  return {
    count: overdue({ sides: [none, { drives, post }], clock }),
    drives,
    post,
    pass,
    clock,
    isDown: () => {
      answer = { kind: 'later', blocks: 'letter', reason: 'The mail server is down.' };
    },
  };
}

it('counts a booking that is being made true for a quarter of an hour without an end', async () => {
  const { count, drives, clock } = opened();
  const { run } = await drives.aim('bkg_1', '1');
  expect(await count()).toBe(0);
  clock.advance(14 * minute);
  expect(await count()).toBe(0);
  clock.advance(minute);
  expect(await count()).toBe(1);
  await drives.report('bkg_1', '1', run, 'complete');
  expect(await count()).toBe(0);
});

it('counts each run by itself: a house that always has one under way is not late', async () => {
  const { count, drives, clock } = opened();
  for (let turn = 0; turn < 6; turn++) {
    const { run } = await drives.aim(`bkg_${turn}`, '1');
    expect(await count()).toBe(0);
    clock.advance(5 * minute);
    await drives.report(`bkg_${turn}`, '1', run, 'complete');
  }
});

it('counts a letter that waits for a quarter of an hour, until it goes', async () => {
  const { count, post, pass, isDown } = opened();
  isDown();
  await post.post(named('late'));
  await pass(0);
  expect(await count()).toBe(0);
  await pass(15);
  expect(await count()).toBe(1);
});
