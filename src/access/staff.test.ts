import { expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { Unavailable } from '#lib/refusal.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { sqliteLinks } from './links.sqlite.ts';
import { sqliteSessionStore } from './session-store.sqlite.ts';
import { type StaffRole, staff } from './staff.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;

function fresh() {
  const db = openSqlite(':memory:');
  const clock = settableClock('2027-05-30T10:00:00Z');
  const roles = new Map<string, StaffRole>([
    ['ines', 'owner'],
    ['tom', 'operator'],
  ]);
  const links = sqliteLinks({ db, clock, key: 'Zk3v0QpXy7RtBn5WcJ8mLd2GhS6fUa9e' });
  const store = sqliteSessionStore(db);
  const roleOf = (person: string) => roles.get(person) ?? null;
  const desk = staff({ store, links, clock, random: seededRandom('staff'), roleOf });
  const enter = async (person: string) => {
    const session = await desk.signIn((await desk.signInLink(person)).token);
    if (!session) throw new Error(`${person} could not sign in`);
    return session;
  };
  return { db, clock, roles, links, store, desk, enter };
}

it('signs in by a link, as often as needed in its day, each time with a session of its own', async () => {
  const { clock, desk } = fresh();
  const { token, expiresAt } = await desk.signInLink('ines');
  expect(expiresAt).toBe('2027-05-31T10:00:00.000Z');
  const first = await desk.signIn(token);
  expect(first).toMatchObject({ person: 'ines', role: 'owner', createdAt: '2027-05-30T10:00:00.000Z' });
  expect(Buffer.from(first?.id ?? '', 'base64url')).toHaveLength(32);
  clock.set('2027-05-31T09:59:59Z');
  const second = await desk.signIn(token);
  expect(second?.id).not.toBe(first?.id);
  clock.set('2027-05-31T10:00:00Z');
  expect(await desk.signIn(token)).toBeNull();
});

it('says the same link again within its day, and a new one in its last hour', async () => {
  const { clock, desk } = fresh();
  const link = await desk.signInLink('ines');
  clock.advance(23 * hourMs);
  expect(await desk.signInLink('ines')).toEqual(link);
  clock.advance(1);
  const next = await desk.signInLink('ines');
  expect(next.token).not.toBe(link.token);
  expect(next.expiresAt).toBe('2027-06-01T09:00:00.001Z');
});

it('lets in nobody who is not staff, and by no other kind of link', async () => {
  const { desk, links } = fresh();
  await expect(desk.signInLink('stranger')).rejects.toMatchObject({ name: 'Refusal', code: 'not-staff' });
  const crew = await links.issue({ purpose: 'crew', subject: 'desk', holder: 'ines', expiresAt: null });
  const former = await links.issue({
    purpose: 'sign-in',
    subject: 'desk',
    holder: 'former',
    expiresAt: null,
  });
  for (const token of [crew, former, '', 'x'.repeat(43)]) expect(await desk.signIn(token)).toBeNull();
});

it('ends a session after twelve hours without use, to within five minutes', async () => {
  const { clock, desk, enter } = fresh();
  const { id } = await enter('ines');
  clock.advance(12 * hourMs - 1);
  expect(await desk.session(id)).toMatchObject({ expiresAt: '2027-05-31T09:59:59.999Z' });
  clock.advance(4 * minuteMs);
  expect(await desk.session(id)).not.toBeNull();
  clock.advance(12 * hourMs - 4 * minuteMs);
  expect(await desk.session(id)).toBeNull();
});

it('ends a session after seven days, however much it is used', async () => {
  const { clock, desk, enter } = fresh();
  const { id } = await enter('ines');
  for (let hours = 0; hours < 7 * 24 - 6; hours += 6) {
    clock.advance(6 * hourMs);
    expect(await desk.session(id)).not.toBeNull();
  }
  expect((await desk.session(id))?.expiresAt).toBe('2027-06-06T10:00:00.000Z');
  clock.advance(6 * hourMs);
  expect(await desk.session(id)).toBeNull();
});

it('signs out one session and leaves the others', async () => {
  const { desk, enter } = fresh();
  const [here, there] = [await enter('ines'), await enter('ines')];
  await desk.signOut(here.id);
  expect(await desk.session(here.id)).toBeNull();
  expect(await desk.session(there.id)).not.toBeNull();
});

it('throws a person out at once: sessions, the link, and a sign-in under way', async () => {
  const { desk, enter } = fresh();
  const sessions = await Promise.all(Array.from({ length: 20 }, () => enter('tom')));
  const owner = await enter('ines');
  const { token } = await desk.signInLink('tom');
  const underWay = Array.from({ length: 20 }, () => desk.signIn(token));
  await desk.revokeAll('tom');
  for (const { id } of sessions) expect(await desk.session(id)).toBeNull();
  for (const session of await Promise.all(underWay)) {
    if (session) expect(await desk.session(session.id)).toBeNull();
  }
  expect(await desk.signIn(token)).toBeNull();
  expect(await desk.session(owner.id)).not.toBeNull();
  expect(await enter('tom')).toMatchObject({ role: 'operator' });
});

it('ends a session when the configuration gives the person another role, or none', async () => {
  const { desk, enter, roles } = fresh();
  const { id } = await enter('ines');
  roles.set('ines', 'operator');
  expect(await desk.session(id)).toBeNull();
  roles.delete('ines');
  expect(await desk.session(id)).toBeNull();
});

it('keeps no session id, and takes none that is not one', async () => {
  const { db, desk, enter } = fresh();
  const { id } = await enter('ines');
  expect(JSON.stringify(db.all('SELECT * FROM sessions'))).not.toContain(id);
  for (const wrong of ['', id.slice(1), id.toLowerCase(), `${id}=`, 'x'.repeat(100_000)]) {
    expect(await desk.session(wrong)).toBeNull();
  }
});

it('keeps people in while the disk is full and their last visit cannot be noted; a defect is not passed over', async () => {
  const { clock, enter, links, roles, store } = fresh();
  const { id } = await enter('ines');
  clock.advance(6 * minuteMs);
  const deskOn = (touch: () => Promise<void>) =>
    staff({
      store: { ...store, touch },
      links,
      clock,
      random: seededRandom('staff'),
      roleOf: person => roles.get(person) ?? null,
    });
  const full = deskOn(() => Promise.reject(new Unavailable('disk-full', 'The disk is full.')));
  expect(await full.session(id)).toMatchObject({ person: 'ines' });
  const broken = deskOn(() => Promise.reject(new TypeError('a defect')));
  await expect(broken.session(id)).rejects.toThrow('a defect');
});

it('takes no sign-in link of another door', async () => {
  const { desk, links } = fresh();
  const elsewhere = {
    purpose: 'sign-in',
    subject: 'harbour',
    holder: 'ines',
    expiresAt: '2027-05-31T10:00:00Z',
  } as const;
  expect(await desk.signIn(await links.issue(elsewhere))).toBeNull();
});
