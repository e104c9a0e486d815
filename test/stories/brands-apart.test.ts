import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import type { Brand } from '#booking/fleet.ts';
import { describeRoute } from '#guest-page/edge-function.vm.ts';
import { diskPageHost } from '#guest-page/page-host.disk.ts';
import { systemClock } from '#lib/clock.ts';
import { checkConfig } from '#main/config/config.ts';
import { newKeys } from '#main/new-keys.ts';
import { paths } from '#ui/paths.ts';
import jada from '../../examples/jada/gangway.config.ts';
import { type Answer, example, type Init, openWorld, type World } from '../world.ts';

const [queen, sail] = jada.brands as [(typeof jada.brands)[number], (typeof jada.brands)[number]];
const harbor = {
  ...sail,
  id: 'harborcats',
  name: 'Harbor Cats',
  host: 'harborcats.example.com',
  layout: { kind: 'root' as const, prefix: 'trip' },
  bucket: 'harborcats-pages',
  sender: { name: 'Harbor Cats', address: 'hello@harborcats.example.com' },
  contact: { phone: null, email: 'hello@harborcats.example.com' },
};

/** What a visitor can tell one answer from another by. */
const seen = ({ status, headers: { date: _now, ...headers }, body }: Answer) => ({ status, headers, body });

describe('three brands in one house, each with a layout of its own', () => {
  let world: World;
  let desk: string;
  const trips = new Map<string, { booking: Booking; slug: string }>();
  const at = (brand: string) => world.brand(brand);
  const ask = (url: string, init?: Init) => world.http(url, init);
  const brandOf = (id: string): Brand => world.config.fleet.brand(id) as Brand;
  const tripOf = (brand: string) => trips.get(brand) as { booking: Booking; slug: string };
  const all = ['queenofsandiego', 'sailjada', 'harborcats'];

  beforeAll(async () => {
    world = await openWorld({
      config: config => ({
        ...config,
        brands: [...config.brands, harbor],
        vessels: config.vessels.flatMap(vessel => [
          vessel,
          { ...vessel, id: 'heron', brand: 'sailjada' },
          { ...vessel, id: 'manx', brand: 'harborcats' },
        ]),
      }),
    });
    // One guest, three vessels of one name: the readable part of all three addresses is the same.
    for (const [vessel, brand] of [
      ['jada', 'queenofsandiego'],
      ['heron', 'sailjada'],
      ['manx', 'harborcats'],
    ] as const) {
      await world.deliver(example('boatsetter-created', { id: vessel, vessel }));
      await world.settle();
      const booking = (await world.bookings()).find(({ vessel: of }) => of === vessel) as Booking;
      const { url } = await world.belief(booking.id, 'guest page');
      const slug = url?.split('/g/')[1] ?? '';
      expect(url).toBe(`${at(brand)}/g/${slug}`);
      trips.set(brand, { booking, slug });
    }
    desk = (await world.operate<{ url: string }>('key sign-in', { person: 'owner-joan' })).url;
  });
  afterAll(() => world.close());

  it('keeps each page where its layout says, and serves it through the function that runs at the edge', async () => {
    const stored = {
      queenofsandiego: 'g/S.html',
      sailjada: 'guests/S/index.html',
      harborcats: 'trip-S.html',
    };
    for (const [brand, layout] of Object.entries(stored)) {
      const { slug, booking } = tripOf(brand);
      const key = layout.replace('S', slug);
      expect(existsSync(join(world.folder, 'pages', brand, key))).toBe(true);
      const page = await ask(`${at(brand)}/g/${slug}`);
      expect([brand, page.status]).toEqual([brand, 200]);
      expect(page.body).toContain(booking.guest.name.split(' ')[0]);
      for (const other of [`/g/${slug}/`, `/g/${slug}.html`, `/${key}`, `/g/${slug}?utm_source=mail`]) {
        const route = describeRoute(brandOf(brand), other);
        expect(route.edge).toEqual({ uri: `/${key}` });
        expect(route.page?.objectKey).toBe(key);
        expect([other, (await ask(at(brand) + other)).body]).toEqual([other, page.body]);
      }
    }
  });

  it('answers for another brand’s page, byte for byte, as for one that never was', async () => {
    for (const brand of all) {
      const unknown = seen(await ask(`${at(brand)}/g/carole-jada-AAAAAAAAAAAAAAAAAAAAAA`));
      expect(unknown.status).toBe(404);
      for (const other of all.filter(id => id !== brand)) {
        const { slug } = tripOf(other);
        const key = describeRoute(brandOf(other), `/g/${slug}`).page?.objectKey;
        for (const path of [`/g/${slug}`, `/g/${slug}/`, `/${key}`, `/g/${slug}.html`]) {
          expect([brand, path, seen(await ask(at(brand) + path))]).toEqual([brand, path, unknown]);
        }
        const upload: Init = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
        const lost = await ask(at(brand) + paths.guestUploads(slug), upload);
        const nowhere = await ask(
          at(brand) + paths.guestUploads('carole-jada-AAAAAAAAAAAAAAAAAAAAAA'),
          upload,
        );
        expect(seen(lost)).toEqual(seen(nowhere));
      }
      const { slug } = tripOf(brand);
      for (const nearly of [
        slug.toUpperCase(),
        slug.slice(0, -1),
        `${slug}A`,
        `x${slug}`,
        `${slug}%00`,
        `../${brand}/g/${slug}`,
      ]) {
        expect([nearly, seen(await ask(`${at(brand)}/g/${nearly}`))]).toEqual([nearly, unknown]);
      }
    }
  });

  it('shows a browser the brand’s own page for all of them alike, and a program the problem', async () => {
    const browser = { headers: { accept: 'text/html,*/*;q=0.8' } };
    for (const brand of all) {
      const page = await ask(`${at(brand)}/g/carole-jada-AAAAAAAAAAAAAAAAAAAAAA`, browser);
      expect([page.status, page.headers['content-type'], page.headers.vary]).toEqual([
        404,
        'text/html; charset=utf-8',
        'Accept, Accept-Language',
      ]);
      expect(page.body).toContain(brandOf(brand).name);
      for (const other of all.filter(id => id !== brand))
        expect(seen(await ask(`${at(brand)}/g/${tripOf(other).slug}`, browser))).toEqual(seen(page));
      for (const path of ['/', '/desk', '/nowhere'])
        expect(seen(await ask(at(brand) + path, browser))).toEqual(seen(page));
      const problem = await ask(`${at(brand)}/nowhere`);
      expect([problem.headers['content-type'], problem.headers.vary]).toEqual([
        'application/problem+json',
        'Accept',
      ]);
      expect(problem.json()).toMatchObject({ status: 404, code: 'page-unknown' });
    }
  });

  it('keeps two pages of the very same address apart by their brand', async () => {
    const host = diskPageHost({ root: join(world.folder, 'pages'), clock: systemClock });
    const { slug } = tripOf('queenofsandiego');
    const before = seen(await ask(`${at('queenofsandiego')}/g/${slug}`));
    for (const brand of ['sailjada', 'harborcats']) {
      await host.publish(brandOf(brand), slug, `<p>The page of ${brand}</p>`);
    }
    expect((await ask(`${at('sailjada')}/g/${slug}`)).body).toBe('<p>The page of sailjada</p>');
    expect((await ask(`${at('harborcats')}/g/${slug}`)).body).toBe('<p>The page of harborcats</p>');
    expect(seen(await ask(`${at('queenofsandiego')}/g/${slug}`))).toEqual(before);
    await host.remove(brandOf('sailjada'), slug);
    expect((await ask(`${at('sailjada')}/g/${slug}`)).status).toBe(404);
    expect((await ask(`${at('harborcats')}/g/${slug}`)).status).toBe(200);
    await host.remove(brandOf('harborcats'), slug);
  });

  it('serves nothing of the house on a brand’s host, whoever asks', async () => {
    const signIn = await world.atDesk();
    const session = await ask(`${world.house}${paths.deskSession}`, {
      method: 'POST',
      headers: { origin: world.house, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: desk }).toString(),
    });
    expect((await signIn.get(paths.desk)).status).toBe(200);
    const credentials = {
      cookie: session.headers['set-cookie']?.split(';')[0] ?? '',
      'x-service-key': world.keys.serviceKey,
      'x-dashboard-token': world.keys.dashboardToken,
      authorization: 'Bearer test operator',
    };
    const { booking } = tripOf('queenofsandiego');
    const ofTheHouse = [
      ...[
        '/',
        paths.desk,
        paths.deskBookings,
        paths.deskBooking(booking.id),
        paths.deskSignIn(),
        paths.deskMoney(),
      ],
      ...[
        paths.crew(),
        paths.crewSession,
        paths.crewScript,
        paths.events,
        '/events',
        paths.calendar,
        '/calendar',
      ],
      ...[
        paths.webhook('boatsetter'),
        paths.operations('booking list'),
        paths.mailbox,
        paths.openApi,
        paths.docs,
      ],
      ...[
        '/healthz',
        '/readyz',
        '/metrics',
        '/healthz/headers',
        '/feeds/x.ics',
        '/ui/gangway.css',
        '/robots.txt',
      ],
    ];
    for (const brand of all) {
      const unknown = seen(await ask(`${at(brand)}/g/carole-jada-AAAAAAAAAAAAAAAAAAAAAA`));
      for (const path of ofTheHouse) {
        for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
          const answer = await ask(at(brand) + encodeURI(path), { method, headers: credentials });
          expect([method, path, seen(answer)]).toEqual([method, path, unknown]);
        }
      }
    }
  });

  it('turns a host it does not know away, whatever else the request claims', async () => {
    const { slug } = tripOf('queenofsandiego');
    const own = { 'x-forwarded-host': 'queenofsandiego.com', forwarded: 'host=queenofsandiego.com' };
    for (const host of [
      'evil.example',
      'queenofsandiego.com.evil.example',
      'evil.localhost',
      'xqueenofsandiego.com',
    ]) {
      for (const path of [`/g/${slug}`, '/', paths.desk, paths.events]) {
        const answer = await ask(`http://${host}${path}`, { headers: own });
        expect([host, path, answer.status, answer.json<{ code: string }>().code]).toEqual([
          host,
          path,
          421,
          'host-unknown',
        ]);
      }
    }
    const seen = await ask('http://evil.example/g/x', { headers: { accept: 'text/html' } });
    expect([seen.status, seen.headers['content-type']]).toEqual([421, 'text/html; charset=utf-8']);
    expect(seen.body).toContain('There is no such host here.');
    expect(seen.body).not.toContain('/desk');
    // What stands in front of it does not decide either: the page is the host's.
    const there = await ask(`http://queenofsandiego.com/g/${slug}`, {
      headers: { 'x-forwarded-host': 'sailjada.com' },
    });
    expect(there.status).toBe(200);
    const elsewhere = await ask(`${at('sailjada')}/g/${slug}`, { headers: own });
    expect(elsewhere.status).toBe(404);
  });

  it('cannot be talked into another brand by a request with two hosts', async () => {
    const { slug, booking } = tripOf('queenofsandiego');
    const name = booking.guest.name.split(' ')[0] ?? '';
    const asked = (target: string, ...hosts: string[]) =>
      raw(
        world.port,
        [`GET ${target} HTTP/1.1`, ...hosts.map(host => `Host: ${host}`), 'Connection: close', '', ''].join(
          '\r\n',
        ),
      );
    expect(await asked(`/g/${slug}`, 'queenofsandiego.localhost')).toContain(name);
    for (const answer of [
      await asked(`/g/${slug}`, 'sailjada.localhost', 'queenofsandiego.localhost'),
      await asked(`/g/${slug}`, 'queenofsandiego.localhost@sailjada.localhost'),
      await asked(`/g/${slug}`, 'sailjada.localhost/g?queenofsandiego.localhost'),
      await asked(`http://evil.example/g/${slug}`, 'sailjada.localhost'),
    ]) {
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/);
      expect(answer).not.toContain(name);
    }
  });

  it('writes to guests as the brand they booked with, and as no other', async () => {
    const letters = await world.letters({ to: 'carole.whitfield@example.org' });
    expect(letters).toHaveLength(3);
    for (const letter of letters) {
      const [link] = world.links(letter).filter(url => url.includes('/g/'));
      const brand = all.find(id => link?.startsWith(at(id))) ?? '';
      expect(letter.from?.address).toBe(brandOf(brand).sender.address);
      expect(link).toBe(`${at(brand)}/g/${tripOf(brand).slug}`);
      for (const other of all.filter(id => id !== brand)) {
        expect([brand, letter.html?.includes(tripOf(other).slug)]).toEqual([brand, false]);
      }
    }
  });

  it('tells on the page of one brand nothing of the others', async () => {
    for (const brand of all) {
      const { body } = await ask(`${at(brand)}/g/${tripOf(brand).slug}`);
      for (const other of all.filter(id => id !== brand).map(brandOf)) {
        // The house itself may be named: in this fleet it shares its host with one of the brands.
        const hosts = other.host === world.config.fleet.house.host ? [] : [other.host];
        const { slug, booking } = tripOf(other.id);
        for (const word of [...hosts, other.sender.address, slug, booking.id]) {
          expect([brand, word, body.includes(word)]).toEqual([brand, word, false]);
        }
      }
    }
  });
});

describe('a configuration in which two brands share', () => {
  const brands = (first: object, second: object, rest: object = {}) => ({
    ...structuredClone(jada),
    ...rest,
    brands: [
      { ...queen, ...first },
      { ...sail, ...second },
    ],
  });
  const shared: [string, unknown, RegExp][] = [
    ['a host', brands({}, { host: queen.host }), /share the host queenofsandiego\.com/],
    ['a host, but for www', brands({}, { host: `www.${queen.host}` }), /queenofsandiego\.com/],
    ['a host, the other way round', brands({ host: `www.${sail.host}` }, {}), /sailjada\.com/],
    [
      'the name of one on this machine',
      brands({}, { host: 'queenofsandiego.localhost' }),
      /queenofsandiego\.localhost/,
    ],
    ['a bucket', brands({}, { bucket: queen.bucket }), /share the bucket queenofsandiego\.com/],
    ['a bucket, but for its case', brands({}, { bucket: 'QueenOfSanDiego.com' }), /bucket/],
    ['an id', brands({}, { id: queen.id }), /id queenofsandiego is used twice/],
    [
      'an address',
      brands({}, {}, { server: { brandUrls: { sailjada: 'https://queenofsandiego.com/' } } }),
      /server\.brandUrls\.sailjada: https:\/\/queenofsandiego\.com\//,
    ],
    [
      'an address with the house',
      brands({}, {}, { server: { brandUrls: { queenofsandiego: 'https://sailjada.com' } } }),
      /server\.brandUrls\.queenofsandiego: https:\/\/sailjada\.com/,
    ],
  ];
  for (const [what, written, said] of shared) {
    it(`${what} is refused before anything starts`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'gangway-brands-'));
      const { environment } = newKeys([
        { id: 'boatsetter', variable: 'BOATSETTER_WEBHOOK_SECRET' },
        { id: 'manual', variable: 'MANUAL_WEBHOOK_SECRET' },
      ]);
      expect(() => checkConfig(written, join(folder, 'gangway.config.ts'), environment)).toThrow(said);
      rmSync(folder, { recursive: true });
    });
  }
});

/** What comes back for bytes that no client library would send. */
function raw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const chunks: Buffer[] = [];
    socket.on('data', chunk => chunks.push(chunk));
    socket.on('end', () => resolve(Buffer.concat(chunks).toString()));
    socket.on('error', reject);
  });
}
