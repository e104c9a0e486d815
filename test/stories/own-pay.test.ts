import { afterEach, describe, expect, it } from 'vitest';
import { paths } from '#ui/paths.ts';
import { cookieBy, eventOf, payCookie } from '../security/fleet-of-two.ts';
import { example, openWorld, type World } from '../world.ts';

/** What somebody of the crew earns: theirs alone, behind a sign-in of its own that is never older than a quarter of an hour. */

const open: World[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
});

type Pay = { captain?: string; crew?: string; gross?: string };

/** The example fleet with one trip of 30 May, paid as said. Public addresses, because a port would make bytes differ. */
async function paid({ captain = '150.00', crew = '125.00', gross = '840.75' }: Pay = {}) {
  const world = await openWorld({
    seed: 'pay',
    config: config => ({
      ...config,
      server: { url: 'https://sailjada.com' },
      money: {
        ...config.money,
        pay: [
          { from: '2026-01-01', person: 'captain-ana', perTrip: captain, paidBy: 'owner' as const },
          { from: '2026-01-01', person: 'luis', perTrip: crew, paidBy: 'owner' as const },
          { from: '2026-01-01', person: 'kim', perTrip: crew, paidBy: 'owner' as const },
        ],
      },
    }),
  });
  open.push(world);
  await world.deliver({ ...example('boatsetter-created'), payout: { gross, currency: 'USD' } });
  await world.settle();
  return world;
}

const form = (world: World, fields: Record<string, string>, cookie = '') => ({
  method: 'POST',
  headers: { origin: world.house, 'content-type': 'application/x-www-form-urlencoded', cookie },
  body: new URLSearchParams(fields).toString(),
});

const signIn = (world: World) => payCookie(world, 'ana@crew.example');

const payPage = async (world: World, cookie: string, month = '2027-05') =>
  world.http(`${world.house}${paths.pay(month)}`, { headers: { cookie } });

describe('one’s own pay', () => {
  it('opens by a letter to one’s own address, and shows no other figure than one’s own', async () => {
    const world = await paid();
    const cookie = await signIn(world);
    const page = await payPage(world, cookie);
    expect(page.status).toBe(200);
    expect(page.body).toMatch(/Sun 30 May[\s\S]*JADA[\s\S]*captain[\s\S]*\$150\.00/);
    for (const other of ['840.75', '125.00', '289.41', '151.34']) expect(page.body).not.toContain(other);
    expect(page.headers['cache-control']).toBe('no-store');
    expect((await payPage(world, cookie, '2027-06')).body).toContain('No pay of yours in June 2027');
    expect(world.tapped.filter(({ audience }) => audience === 'payee').at(-1)).toMatchObject({
      channel: 'page',
    });
  });

  it('is shut again after a quarter of an hour, by signing out, and by the owner’s word', async () => {
    const world = await paid();
    const shut = async (cookie: string) => {
      const answer = await payPage(world, cookie);
      expect([answer.status, answer.headers.location]).toEqual([303, paths.paySignIn()]);
    };
    await shut('');
    const first = await signIn(world);
    world.clock.advance(15 * 60_000);
    await shut(first);

    const second = await signIn(world);
    const formToken = /name="formToken" value="([^"]+)"/.exec((await payPage(world, second)).body)?.[1] ?? '';
    const out = await world.http(`${world.house}${paths.paySignOut}`, form(world, { formToken }, second));
    expect(out.status).toBe(303);
    await shut(second);

    world.clock.advance(15 * 60_000);
    const third = await signIn(world);
    await world.operate('key sign-out', { person: 'captain-ana' });
    await shut(third);
  });

  it('opens with nothing else: no crew link, no sign-in at the desk', async () => {
    const world = await paid();
    const event = await eventOf(world, await world.booking());
    const crewLink = event.linkOf('captain-ana');
    const crew = await cookieBy(world, crewLink, true);
    const { url } = await world.operate<{ url: string }>('key sign-in', { person: 'owner-joan' });
    const desk = await cookieBy(world, url);
    for (const cookie of [crew, desk]) {
      const held = `__Host-gangway_pay=${cookie.slice(cookie.indexOf('=') + 1)}`;
      expect((await payPage(world, `${cookie}; ${held}`)).status).toBe(303);
    }
    for (const token of [crewLink, url]) {
      expect((await world.http(`${world.house}${paths.paySession}`, form(world, { token }))).status).toBe(
        401,
      );
    }
    const pay = await signIn(world);
    expect((await payPage(world, pay)).status).toBe(200);
    const id = pay.slice(pay.indexOf('=') + 1);
    for (const at of [paths.crewEvent(event.id), paths.crewTrips, paths.desk, paths.deskMoney()]) {
      const cookie = `${pay}; __Host-gangway=${id}; __Host-gangway_crew=${id}`;
      expect([at, (await world.http(world.house + at, { headers: { cookie } })).status]).not.toEqual([
        at,
        200,
      ]);
    }
  });

  it('says the same to a stranger who asks for a letter, and writes to nobody', async () => {
    const world = await paid();
    const ask = (email: string) =>
      world.http(`${world.house}${paths.paySignInLetter}`, form(world, { email }));
    expect((await ask('nobody@example.org')).body).toBe((await ask('kim@crew.example')).body);
    await world.settle();
    expect(await world.letters({ to: 'nobody@example.org' })).toEqual([]);
  });

  it('keeps a trip that is called off in the list, without pay', async () => {
    const world = await paid();
    await world.operate('booking cancel', { booking: (await world.booking()).id });
    await world.settle();
    const page = await payPage(world, await signIn(world));
    expect(page.body).toContain('called off');
    expect(page.body).not.toContain('150.00');
  });

  it('adds up to what happens to be another’s figure, and is not held back for it', async () => {
    const world = await paid({ gross: '300.00' });
    const again = { id: 'second', start: '2027-05-31T16:30', end: '2027-05-31T19:30' };
    await world.deliver({
      ...example('boatsetter-created', again),
      payout: { gross: '900.00', currency: 'USD' },
    });
    await world.settle();
    const page = await payPage(world, await signIn(world));
    expect([page.status, page.body.includes('$300.00')]).toEqual([200, true]);
  });
});

describe('two runs of one seed', () => {
  /** What Ana's pay page and her crew pages say, byte for byte. */
  async function seen(pay: Pay) {
    const world = await paid(pay);
    const own = (await payPage(world, await signIn(world))).body;
    const event = await eventOf(world, await world.booking());
    const cookie = await cookieBy(world, event.linkOf('captain-ana'), true);
    const get = async (at: string) => (await world.http(world.house + at, { headers: { cookie } })).body;
    const crew = [await get(paths.crewEvent(event.id)), await get(paths.crewTrips)];
    return { own, crew };
  }

  it('that differ in others’ money give one’s own page the same bytes; in one’s own pay, the crew’s', async () => {
    const base = await seen({});
    const others = await seen({ crew: '999.99', gross: '12345.67' });
    expect(others).toEqual(base);
    const raised = await seen({ captain: '777.77' });
    expect(raised.own).toContain('$777.77');
    expect(raised.crew).toEqual(base.crew);
    expect(base.own.replaceAll('$150.00', '$777.77')).toBe(raised.own);
  }, 60_000);
});
