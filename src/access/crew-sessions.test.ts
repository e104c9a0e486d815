import { expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { crewSessions } from './crew-sessions.ts';
import { sqliteLinks } from './links.sqlite.ts';
import { sqliteSessionStore } from './session-store.sqlite.ts';
import { staff } from './staff.ts';

const hourMs = 3_600_000;

function fresh() {
  const db = openSqlite(':memory:');
  const clock = settableClock('2027-05-30T10:00:00Z');
  const links = sqliteLinks({ db, clock, key: 'Zk3v0QpXy7RtBn5WcJ8mLd2GhS6fUa9e' });
  const parts = { store: sqliteSessionStore(db), links, clock, random: seededRandom('crew') };
  const crew = crewSessions(parts);
  const letter = (event: string, person = 'ines', expiresAt: string | null = '2027-06-08T00:00:00Z') =>
    links.issue({ purpose: 'crew', subject: event, holder: person, expiresAt });
  const enter = async (event: string, held: string | null = null, person = 'ines') => {
    const entered = await crew.signIn(await letter(event, person), held);
    if (!entered) throw new Error(`${person} could not open ${event}`);
    return entered;
  };
  return { clock, links, crew, parts, letter, enter };
}

it('opens the event of the link, for the person it was written to', async () => {
  const { crew, enter } = fresh();
  const { session, cookie } = await enter('evt_1');
  expect(session).toMatchObject({ person: 'ines', event: 'evt_1' });
  expect(await crew.session(cookie)).toEqual(session);
  expect(await crew.session(cookie, 'evt_1')).toEqual(session);
  expect(await crew.session(cookie, 'evt_2')).toBeNull();
});

it('opens by no other kind of link, and is no way to the desk', async () => {
  const { crew, enter, links, parts } = fresh();
  const feed = await links.issue({
    purpose: 'person feed',
    subject: 'evt_1',
    holder: 'ines',
    expiresAt: null,
  });
  expect(await crew.signIn(feed, null)).toBeNull();
  const desk = staff({ ...parts, roleOf: () => 'owner' });
  const { session } = await enter('evt_1');
  expect(await desk.session(session.id)).toBeNull();
  const owner = await desk.signIn((await desk.signInLink('ines')).token);
  expect(await crew.session(owner?.id ?? '')).toBeNull();
});

it('keeps the other events a device has open, and replaces only the same one', async () => {
  const { crew, enter } = fresh();
  let held: string | null = null;
  for (const event of ['evt_1', 'evt_2', 'evt_3', 'evt_1']) held = (await enter(event, held)).cookie;
  expect((await crew.sessions(held)).map(session => session.event)).toEqual(['evt_1', 'evt_3', 'evt_2']);
});

it('ends what a device had open of the same event, and nothing else', async () => {
  const { crew, enter } = fresh();
  const first = await enter('evt_1');
  const other = await enter('evt_2', first.cookie);
  await enter('evt_1', other.cookie);
  expect(await crew.session(first.cookie)).toBeNull();
  expect(await crew.session(other.cookie, 'evt_2')).not.toBeNull();
});

it('holds eight events on one device, the newest', async () => {
  const { crew, enter } = fresh();
  let held: string | null = null;
  const first = await enter('evt_0');
  held = first.cookie;
  for (let i = 1; i <= 10; i++) held = (await enter(`evt_${i}`, held)).cookie;
  expect(held.split('.')).toHaveLength(8);
  expect(await crew.session(first.cookie)).toBeNull();
  expect((await crew.sessions(held)).map(session => session.event)).toEqual(
    [10, 9, 8, 7, 6, 5, 4, 3].map(i => `evt_${i}`),
  );
});

it('is over the moment its link is revoked, and stays so when a new link is written', async () => {
  const { crew, enter, letter, links } = fresh();
  const first = await enter('evt_1');
  const { cookie } = await enter('evt_2', first.cookie);
  await links.revoke('crew', 'evt_1', 'ines');
  expect(await crew.session(cookie, 'evt_1')).toBeNull();
  expect(await crew.session(cookie, 'evt_2')).not.toBeNull();
  await letter('evt_1');
  expect(await crew.session(cookie, 'evt_1')).toBeNull();
});

it('lets nobody through who was taken off while coming in', async () => {
  const { crew, letter, links } = fresh();
  const people = Array.from({ length: 50 }, (_, i) => `person-${i}`);
  const tokens = await Promise.all(people.map(person => letter('evt_1', person)));
  const entering = tokens.map(token => crew.signIn(token, null));
  await Promise.all(people.map(person => links.revoke('crew', 'evt_1', person)));
  for (const entered of await Promise.all(entering)) {
    if (entered) expect(await crew.session(entered.cookie)).toBeNull();
  }
});

it('lasts no longer than its link, than twelve idle hours, than seven days', async () => {
  const { clock, crew, letter } = fresh();
  const short = await crew.signIn(await letter('evt_1', 'ines', '2027-05-30T12:00:00Z'), null);
  expect(short?.session.expiresAt).toBe('2027-05-30T12:00:00.000Z');
  const long = await crew.signIn(await letter('evt_2', 'ines', null), short?.cookie ?? null);
  clock.advance(2 * hourMs);
  expect((await crew.sessions(long?.cookie ?? null)).map(session => session.event)).toEqual(['evt_2']);
  clock.advance(12 * hourMs);
  expect(await crew.session(long?.cookie ?? null)).toBeNull();
});

it('signs out all that a device holds', async () => {
  const { crew, enter } = fresh();
  const { cookie } = await enter('evt_2', (await enter('evt_1')).cookie);
  await crew.signOut(cookie);
  await crew.signOut(cookie);
  expect(await crew.sessions(cookie)).toEqual([]);
});

it('takes no cookie that is not one', async () => {
  const { crew } = fresh();
  for (const held of [null, '', '.', '.'.repeat(10_000), 'x'.repeat(10_000)]) {
    expect(await crew.sessions(held)).toEqual([]);
  }
});
