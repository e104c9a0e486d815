import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { fleet as fleetOf } from '#booking/fleet.ts';
import { paths } from '#ui/paths.ts';
import { aBooking, crewFleet, crewWorld, wall } from './crew.fixture.ts';
import { pageScript } from './crew.js.ts';
import { qrPath } from './feed-qr.uqr.ts';
import { workerScript } from './offline.js.ts';
import { pressedAt } from './phone-routes.tsx';

const laterTrip = aBooking({
  id: 'bkg_later',
  start: wall('2027-06-20T10:00'),
  end: wall('2027-06-20T13:00'),
  guest: { name: 'Nell Harper', email: null, phone: null },
});

/** Luis, asked for two trips, with the first one open on his phone. */
async function luis(world = crewWorld()) {
  await world.converge(laterTrip);
  await world.converge(aBooking());
  const { id } = await world.eventOf(aBooking());
  const signedIn = await world.app.request(`http://localhost${paths.crewSession}`, {
    method: 'POST',
    body: new URLSearchParams({ link: await world.tokenOf(id, 'luis') }),
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const get = async (path: string) => world.app.request(`http://localhost${path}`, { headers: { cookie } });
  const press = async (path: string, fields: Record<string, string>, key?: string) => {
    const html = await (await get(paths.crewEvent(id))).text();
    const formToken = /name="formToken" value="([\w-]+)"/.exec(html)?.[1] ?? '';
    return world.app.request(`http://localhost${path}`, {
      method: 'POST',
      body: new URLSearchParams({ formToken, ...fields }),
      headers: { 'sec-fetch-site': 'same-origin', cookie, ...(key ? { 'idempotency-key': key } : {}) },
    });
  };
  return { world, id, get, press };
}

describe('all trips of one of the crew', () => {
  it('come with the next first and its call time, and lead only to what this phone has opened', async () => {
    const { world, id, get } = await luis();
    const html = await (await get(paths.crewTrips)).text();
    expect(html).toMatch(/Next: Sunday 30 May 2027.*15:30 .*PDT.*in 10 days.*Later.*Charter: Nell/s);
    expect(html).toContain(`href="${paths.crewEvent(id)}"`);
    expect(html).not.toContain(paths.crewEvent((await world.eventOf(laterTrip)).id));
    expect(html).toContain('QR code of your calendar address');
  });

  it('are shut to who has nothing open, and to who was taken off the only trip that was', async () => {
    const { world, id, get } = await luis();
    expect((await world.app.request(`http://localhost${paths.crewTrips}`)).status).toBe(404);
    await world.byHand.release(id, 'luis', { by: 'joan' });
    expect((await get(paths.crewTrips)).status).toBe(404);
  });
});

describe('a press from a phone with a bad connection', () => {
  it('counts once under its key, whatever was said in between', async () => {
    const { world, id, press } = await luis();
    const accept = () => press(paths.crewAnswer(id), { answer: 'accepted' }, 'press-0001');
    expect((await accept()).status).toBe(303);
    await world.byHand.answerFor(id, 'luis', 'declined', { by: 'joan' });
    expect((await accept()).status).toBe(303);
    expect((await world.eventOf(aBooking())).roster.find(({ person }) => person === 'luis')?.answer).toBe(
      'declined',
    );
    expect(world.heard).toHaveLength(2);
  });

  it('is noted at the time it was pressed, where that can be', async () => {
    const { world, id, press } = await luis();
    const tick = (item: string, at: string) =>
      press(paths.crewCheck(id), { item, done: 'yes', at }, `press-${item}`);
    await tick('weather', '2027-05-20T09:10:00.000Z');
    await tick('vessel-ready', '2027-05-21T09:10:00.000Z');
    const { checklist } = await world.eventOf(aBooking());
    expect(checklist.find(({ id: item }) => item === 'weather')?.done?.at).toBe('2027-05-20T09:10:00.000Z');
    expect(checklist.find(({ id: item }) => item === 'vessel-ready')?.done?.at).toBe(
      '2027-05-20T10:00:00.000Z',
    );
    const now = Date.parse('2027-05-20T10:00:00Z');
    for (const odd of [undefined, 'soon', '2027-05-18T10:00:00Z', ['x']]) {
      expect(pressedAt(odd, now)).toBe('2027-05-20T10:00:00.000Z');
    }
  });

  it('is refused with a key that is none', async () => {
    const { id, press } = await luis();
    const answer = await press(paths.crewAnswer(id), { answer: 'accepted' }, 'no key!');
    expect(await answer.json()).toMatchObject({ code: 'idempotency-key-malformed' });
  });
});

describe('signing out on a phone', () => {
  it('closes every trip that is open on it and the page of their pay, and the letter opens them again', async () => {
    const { world, id, get, press } = await luis();
    expect(await (await get(paths.crewTrips)).text()).toContain('Sign out on this phone');
    const out = await press(paths.crewSignOut, {});
    expect([out.status, out.headers.get('location')]).toEqual([303, '/c']);
    const cookies = out.headers.getSetCookie();
    expect(cookies.map(cookie => cookie.split(';')[0])).toEqual(['gangway_crew=', 'gangway_pay=']);
    for (const cookie of cookies) expect(cookie).toContain('Max-Age=0');
    for (const path of [paths.crewTrips, paths.crewEvent(id)]) expect((await get(path)).status).toBe(404);
    expect((await luis(world)).id).toBe(id);
  });

  it('is not done by a form of an earlier sign-in, and asks nothing of who has nothing open', async () => {
    const { id, get, press, world } = await luis();
    expect(await (await press(paths.crewSignOut, { formToken: 'stale' })).json()).toMatchObject({
      code: 'form-stale',
    });
    expect((await get(paths.crewEvent(id))).status).toBe(200);
    const stranger = await world.app.request(`http://localhost${paths.crewSignOut}`, { method: 'POST' });
    expect(stranger.status).toBe(303);
  });
});

describe('what a phone keeps', () => {
  it('is an app with a name, icons and a place to open', async () => {
    const { get } = await luis();
    const manifest = (await (await get(paths.crewManifest)).json()) as {
      icons: { src: string; sizes: string }[];
    };
    expect(manifest).toMatchObject({
      name: 'Blue Charters crew',
      start_url: '/c/trips',
      display: 'standalone',
    });
    for (const { src, sizes } of manifest.icons) {
      const png = Buffer.from(await (await get(src)).arrayBuffer());
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
    }
  });

  it('is served as scripts that a browser can read, the worker never from a cache', async () => {
    expect(() => new Script(pageScript)).not.toThrow();
    expect(() => new Script(workerScript(['/x'], 'v'))).not.toThrow();
    const { get } = await luis();
    expect((await get(paths.crewWorker)).headers.get('cache-control')).toBe('no-cache');
  });

  it('has the calendar address as a code of dark squares', () => {
    const { size, path } = qrPath('webcal://crew.example/feeds/x.ics');
    expect(size).toBeGreaterThan(20);
    // The three finders: seven dark squares in a row, at the border of two.
    expect(path).toContain('M2 2h7v1h-7z');
    expect(path).toContain(`M${size - 9} 2h7v1h-7z`);
    expect(path).toContain(`M2 ${size - 3}h7v1h-7z`);
  });
});

describe('papers of a trip', () => {
  it('are the passenger list with first names for the crew, and what the operator keeps', async () => {
    const documents = [
      { label: 'Safety briefing', url: 'https://docs.example/safety.pdf' },
      { label: 'Elsewhere', url: 'javascript:alert(1)' },
    ];
    const { world, id, get } = await luis(
      crewWorld({
        fleet: fleetOf({
          ...crewFleet,
          vessels: crewFleet.vessels.map(vessel => ({ ...vessel, documents })),
        }),
      }),
    );
    const trip = await (await get(paths.crewEvent(id))).text();
    expect(trip).toContain('href="https://docs.example/safety.pdf"');
    expect(trip).not.toContain('javascript:');
    const list = await (await get(paths.crewPassengers(id))).text();
    expect(list).toContain('Ana Reyes');
    expect(list).toContain('Carole</th>');
    expect(list).not.toContain('Whitfield');
    expect((await get(paths.crewPassengers((await world.eventOf(laterTrip)).id))).status).toBe(404);
  });
});
