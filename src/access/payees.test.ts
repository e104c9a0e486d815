import { expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { sqliteLinks } from './links.sqlite.ts';
import { payees } from './payees.ts';
import { sqliteSessionStore } from './session-store.sqlite.ts';

const minuteMs = 60_000;

function fresh() {
  const db = openSqlite(':memory:');
  const clock = settableClock('2027-05-30T10:00:00Z');
  const known = new Set(['ana', 'kim']);
  const links = sqliteLinks({ db, clock, key: 'Zk3v0QpXy7RtBn5WcJ8mLd2GhS6fUa9e' });
  const door = payees({
    store: sqliteSessionStore(db),
    links,
    clock,
    random: seededRandom('pay'),
    isKnown: person => known.has(person),
  });
  return { clock, known, links, door };
}

it('opens for a quarter of an hour by a link that works for as long, however much either is used', async () => {
  const { clock, door } = fresh();
  const { token, expiresAt } = await door.signInLink('ana');
  expect(expiresAt).toBe('2027-05-30T10:15:00.000Z');
  const session = await door.signIn(token);
  expect(session).toMatchObject({ person: 'ana', expiresAt: '2027-05-30T10:15:00.000Z' });
  clock.advance(14 * minuteMs);
  expect(await door.session(session?.id ?? '')).toMatchObject({ person: 'ana' });
  expect(await door.signIn(token)).toMatchObject({ person: 'ana', expiresAt: '2027-05-30T10:29:00.000Z' });
  clock.advance(minuteMs);
  expect(await door.session(session?.id ?? '')).toBeNull();
  expect(await door.signIn(token)).toBeNull();
});

it('gives a new link where the old one would soon be over, and the old letter does not come alive again', async () => {
  const { clock, door } = fresh();
  const first = await door.signInLink('ana');
  expect(await door.signInLink('ana')).toEqual(first);
  clock.advance(11 * minuteMs);
  const second = await door.signInLink('ana');
  expect(second.token).not.toBe(first.token);
  expect(await door.signIn(first.token)).toBeNull();
  clock.advance(16 * minuteMs);
  await door.signInLink('ana');
  expect(await door.signIn(second.token)).toBeNull();
});

it('lets in by no other kind of link, and nobody whom the configuration does not know', async () => {
  const { door, links, known } = fresh();
  for (const purpose of ['crew', 'sign-in', 'person feed'] as const) {
    const token = await links.issue({ purpose, subject: 'pay', holder: 'ana', expiresAt: null });
    expect([purpose, await door.signIn(token)]).toEqual([purpose, null]);
  }
  await expect(door.signInLink('stranger')).rejects.toMatchObject({ code: 'not-a-payee' });
  const { token } = await door.signInLink('kim');
  const session = await door.signIn(token);
  known.delete('kim');
  expect(await door.signIn(token)).toBeNull();
  expect(await door.session(session?.id ?? '')).toBeNull();
});

it('is over at once when a person’s sign-ins are ended, and nobody else’s', async () => {
  const { door } = fresh();
  const { token } = await door.signInLink('ana');
  const session = await door.signIn(token);
  const other = await door.signIn((await door.signInLink('kim')).token);
  await door.revokeAll('ana');
  expect(await door.session(session?.id ?? '')).toBeNull();
  expect(await door.signIn(token)).toBeNull();
  expect(await door.session(other?.id ?? '')).toMatchObject({ person: 'kim' });
});

it('is over for one browser when it signs out, and no link of another door opens this one', async () => {
  const { door, links } = fresh();
  const { token } = await door.signInLink('ana');
  const [here, there] = [await door.signIn(token), await door.signIn(token)];
  await door.signOut(here?.id ?? '');
  await door.signOut(here?.id ?? '');
  expect(await door.session(here?.id ?? '')).toBeNull();
  expect(await door.session(there?.id ?? '')).not.toBeNull();
  const elsewhere = {
    purpose: 'pay',
    subject: 'tips',
    holder: 'ana',
    expiresAt: '2027-05-30T10:10:00Z',
  } as const;
  expect(await door.signIn(await links.issue(elsewhere))).toBeNull();
});

it('lets nobody through whose link was revoked while they came in', async () => {
  const { door, known } = fresh();
  const people = Array.from({ length: 50 }, (_, n) => `person-${n}`);
  for (const person of people) known.add(person);
  const tokens = await Promise.all(people.map(async person => (await door.signInLink(person)).token));
  const entering = tokens.map(token => door.signIn(token));
  await Promise.all(people.map(door.revokeAll));
  for (const entered of await Promise.all(entering))
    if (entered) expect(await door.session(entered.id)).toBeNull();
});
