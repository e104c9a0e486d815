import { describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { schemeOfUrl, sessionCookie } from './cookies.ts';
import { crewSessions } from './crew-sessions.ts';
import { sqliteLinks } from './links.sqlite.ts';
import { principals } from './principals.ts';
import { sqliteServiceKeyStore } from './service-key-store.sqlite.ts';
import { compareBcrypt } from './service-keys.bcrypt.ts';
import { serviceKeys } from './service-keys.ts';
import { sqliteSessionStore } from './session-store.sqlite.ts';
import { staff } from './staff.ts';

const dashboardToken = 'the-token-of-the-dashboard';

function fresh() {
  const db = openSqlite(':memory:');
  const clock = settableClock('2027-05-30T10:00:00Z');
  const random = seededRandom('principals');
  const links = sqliteLinks({ db, clock, key: 'Zk3v0QpXy7RtBn5WcJ8mLd2GhS6fUa9e' });
  const store = sqliteSessionStore(db);
  const keys = serviceKeys({
    store: sqliteServiceKeyStore(db),
    configured: [{ label: 'dashboard', scopes: ['calendar'], hashes: [sha256(dashboardToken)] }],
    compareLegacy: compareBcrypt,
    clock,
    random,
  });
  const desk = staff({
    store,
    links,
    clock,
    random,
    roleOf: person => (person === 'ines' ? 'owner' : 'operator'),
  });
  const crew = crewSessions({ store, links, clock, random });
  const cookies = {
    desk: sessionCookie('gangway', schemeOfUrl),
    crew: sessionCookie('gangway_crew', schemeOfUrl),
  };
  return { keys, desk, crew, links, who: principals({ serviceKeys: keys, staff: desk, crew, cookies }) };
}

const call = (headers: Record<string, string> = {}) => ({
  req: { raw: new Request('http://localhost/x', { headers }) },
});
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code });

describe('a script', () => {
  it('comes in by X-Service-Key or its alias, for what its key is for', async () => {
    const { keys, who } = fresh();
    const { key, serviceKey } = await keys.create('script', ['events']);
    expect(await who.requireServiceKey(call({ 'x-service-key': key }), 'events')).toEqual(serviceKey);
    expect(await who.requireServiceKey(call({ 'x-api-key': key }), 'events')).toEqual(serviceKey);
    await expect(who.requireServiceKey(call({ 'x-service-key': key }), 'calendar')).rejects.toEqual(
      refused('service-key-scope'),
    );
  });

  it('is told which header is missing, and that a CDN may have stripped it', async () => {
    const { who } = fresh();
    for (const headers of [{}, { 'x-service-key': '' }, { authorization: 'Bearer x' }]) {
      await expect(who.requireServiceKey(call(headers), 'events')).rejects.toMatchObject({
        code: 'service-key-missing',
        cure: expect.stringMatching(/X-Service-Key.*CDN.*stripped.*origin URL/),
        data: { header: 'X-Service-Key' },
      });
    }
    await expect(who.requireDashboardToken(call())).rejects.toMatchObject({
      code: 'dashboard-token-missing',
      cure: expect.stringMatching(/X-Dashboard-Token.*CDN.*stripped.*origin URL/),
    });
  });

  it('with a wrong or revoked key is told so, and never the key', async () => {
    const { keys, who } = fresh();
    const { key, serviceKey } = await keys.create('script', ['events', 'calendar']);
    await keys.revoke(serviceKey.id);
    for (const wrong of [key, 'gwk_wrong', sha256(key)]) {
      const refusal = await who.requireServiceKey(call({ 'x-service-key': wrong }), 'events').catch(e => e);
      expect(refusal).toEqual(refused('service-key-unknown'));
      expect(`${refusal.message} ${refusal.cure} ${JSON.stringify(refusal.data)}`).not.toContain(wrong);
    }
    await expect(who.requireDashboardToken(call({ 'x-dashboard-token': key }))).rejects.toEqual(
      refused('dashboard-token-unknown'),
    );
  });

  it('of the owner comes to the calendar by X-Dashboard-Token, and not to crew events', async () => {
    const { keys, who } = fresh();
    const headers = { 'x-dashboard-token': dashboardToken, 'x-service-key': dashboardToken };
    expect(await who.requireDashboardToken(call(headers))).toMatchObject({ label: 'dashboard' });
    await expect(who.requireServiceKey(call(headers), 'events')).rejects.toEqual(
      refused('service-key-scope'),
    );
    const { key } = await keys.create('crew script', ['events']);
    await expect(who.requireDashboardToken(call({ 'x-dashboard-token': key }))).rejects.toEqual(
      refused('dashboard-token-unknown'),
    );
  });
});

describe('a person', () => {
  const enter = async ({ desk }: ReturnType<typeof fresh>, person: string) =>
    (await desk.signIn((await desk.signInLink(person)).token))?.id ?? '';

  it('works at the desk once signed in, the owner everywhere, the operator not with the books', async () => {
    const parts = fresh();
    const [owner, operator] = [await enter(parts, 'ines'), await enter(parts, 'tom')];
    const { who } = parts;
    expect(await who.requireStaff(call({ cookie: `gangway=${owner}` }), 'owner')).toMatchObject({
      person: 'ines',
    });
    expect(await who.requireStaff(call({ cookie: `gangway=${operator}` }))).toMatchObject({
      role: 'operator',
    });
    await expect(who.requireStaff(call({ cookie: `gangway=${operator}` }), 'owner')).rejects.toEqual(
      refused('owner-only'),
    );
    expect(await who.requireStaff(call({ cookie: `gangway=${owner}` }), 'operator')).toMatchObject({
      role: 'owner',
    });
    for (const headers of [
      {},
      { cookie: 'gangway=' },
      { cookie: `gangway_crew=${owner}` },
      { cookie: `gangway=${owner}x` },
    ]) {
      await expect(who.requireStaff(call(headers))).rejects.toEqual(refused('sign-in-needed'));
    }
  });

  it('of the crew sees the event of the link, and of others not even whether they exist', async () => {
    const { crew, links, who } = fresh();
    const token = await links.issue({ purpose: 'crew', subject: 'evt_1', holder: 'ana', expiresAt: null });
    const held = (await crew.signIn(token, null))?.cookie ?? '';
    const asked = call({ cookie: `gangway_crew=${held}` });
    expect(await who.requireCrew(asked)).toMatchObject({ person: 'ana', event: 'evt_1' });
    expect(await who.requireCrew(asked, 'evt_1')).toMatchObject({ person: 'ana' });
    const none = await who.requireCrew(call()).catch(e => e);
    const other = await who.requireCrew(asked, 'evt_2').catch(e => e);
    expect(none).toEqual(refused('crew-link-needed'));
    expect([other.code, other.message, other.cure]).toEqual([none.code, none.message, none.cure]);
    await expect(who.requireStaff(call({ cookie: `gangway=${held}` }))).rejects.toEqual(
      refused('sign-in-needed'),
    );
    await links.revoke('crew', 'evt_1', 'ana');
    await expect(who.requireCrew(asked, 'evt_1')).rejects.toEqual(refused('crew-link-needed'));
  });
});
