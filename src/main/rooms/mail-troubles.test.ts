import { expect, it } from 'vitest';
import { sqliteBeliefs } from '#fulfilment/beliefs.sqlite.ts';
import { letterKey } from '#mail/letter-key.ts';
import { named, office, using } from '#mail/post.testing.ts';
import type { LetterFate } from '#mail/ses-events.ts';
import { sqliteSuppressed } from '#mail/suppressed.sqlite.ts';
import { silentLog } from '#platform/log.ts';
import { metrics } from '#platform/metrics.ts';
import { openSqlite } from '#platform/sqlite.ts';
import type { Config } from '../config/config.ts';
import { mailTroubles } from './mail-troubles.ts';
import type { Rooms } from './rooms.ts';

/** Two posts that have sent a letter each, as on both sides of the money fence, and what is heard of letters. */
async function sent() {
  const line = () => ({
    exactlyOnce: false,
    send: async () => ({ kind: 'sent' }) as const,
    close: async () => {},
  });
  const [open, owner] = [office(line), office(line)];
  await open.post.post(named('open', { about: ['bkg_1'] }));
  await owner.post.post(named('owner', { about: ['bkg_1'], audience: 'owner' }));
  for (const { pass } of [open, owner]) await pass(0);
  const db = using(openSqlite(':memory:'));
  const suppressed = sqliteSuppressed(db);
  const again: string[] = [];
  const beliefs = sqliteBeliefs(db);
  const of = {
    suppressed,
    numbers: metrics(),
    open: { post: open.post, beliefs },
    owner: { post: owner.post, beliefs },
  } as unknown as Rooms;
  const config = { fleet: { person: () => null } } as unknown as Config;
  const troubles = mailTroubles(
    of,
    { config, clock: open.clock, log: silentLog },
    { again: async booking => void again.push(booking) },
  );
  const heard = async (fate: Partial<LetterFate>) =>
    troubles.fate({
      kind: 'bounce',
      address: 'carole@example.org',
      letter: letterKey('letter/open'),
      at: '2027-05-01T08:00:04.123Z',
      said: '550 5.1.1 no such user',
      ...fate,
    });
  return { open, owner, suppressed, again, heard };
}

it('a letter of which SES says that it bounced came back, once however often it is said, and is said again', async () => {
  const { open, owner, suppressed, again, heard } = await sent();
  for (const _ of [1, 2]) await heard({});
  expect(await open.post.find('letter/open')).toMatchObject({
    state: 'recalled',
    error: '550 5.1.1 no such user',
  });
  expect(await owner.post.find('letter/owner')).toMatchObject({ state: 'sent' });
  expect(await suppressed.find('carole@example.org')).toMatchObject({ why: 'bounce', state: 'open' });
  expect(again).toEqual(['bkg_1']);
});

it('a letter of the other side of the fence is found as well', async () => {
  const { open, owner, heard } = await sent();
  await heard({ letter: letterKey('letter/owner') });
  expect(await owner.post.find('letter/owner')).toMatchObject({ state: 'recalled' });
  expect(await open.post.find('letter/open')).toMatchObject({ state: 'sent' });
});

it('a bounce of no letter of ours says something of its address all the same', async () => {
  const { open, suppressed, heard } = await sent();
  for (const letter of [null, letterKey('letter/nobody')]) await heard({ letter });
  expect(await suppressed.find('carole@example.org')).toMatchObject({ why: 'bounce' });
  expect(await open.post.find('letter/open')).toMatchObject({ state: 'sent' });
});

it('a complaint and a full mailbox are noted, and the letter has gone out; a delivery is nothing to note', async () => {
  const { open, suppressed, heard } = await sent();
  await heard({ kind: 'delivered' });
  expect(await suppressed.find('carole@example.org')).toBeNull();
  await heard({ kind: 'returned' });
  expect(await suppressed.find('carole@example.org')).toMatchObject({ why: 'returned' });
  await heard({ kind: 'complaint' });
  expect(await suppressed.find('carole@example.org')).toMatchObject({ why: 'complaint' });
  expect(await open.post.find('letter/open')).toMatchObject({ state: 'sent' });
});
