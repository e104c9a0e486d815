import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { findings } from '#main/doctor/doctor.ts';
import { paths } from '#ui/paths.ts';
import { type Nginx, openNginx } from '../nginx.ts';
import { openPremises } from '../spawned.ts';
import { call, example, openWorld, type Visitor, type World } from '../world.ts';

type Problem = { code: string; cure: string };

/** Takes away what scripts show themselves by, claims somebody else called, and keeps every answer that it may for ten minutes. */
const hostile = (port: number, rewrite: string) => `
  location / {
    ${rewrite}
    proxy_pass http://127.0.0.1:${port};
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header Authorization "";
    proxy_set_header X-Service-Key "";
    proxy_set_header X-API-Key "";
    proxy_set_header X-Dashboard-Token "";
    proxy_set_header X-Forwarded-For "1.2.3.4, $remote_addr";
    proxy_cache edge;
    proxy_cache_valid any 10m;
    proxy_cache_lock on;
  }`;

/** What two operators' edges do to the address of a guest page, each sure that it is the only rule. */
const rules = {
  'adds .html below /g/': String.raw`rewrite ^(/g/.*)(?<!\.html)$ $1.html break;`,
  'moves /g/ to /guests/…/index.html': 'rewrite ^/g/(.+)$ /guests/$1/index.html break;',
  'does both': String.raw`rewrite ^(/g/.*)(?<!\.html)$ $1.html; rewrite ^/g/(.+)$ /guests/$1/index.html break;`,
  'rewrites nothing': '',
};

describe.each(Object.entries(rules))('behind an edge that strips, caches and %s,', (_rule, rewrite) => {
  let world: World;
  let edge: Nginx;
  let booking: Booking;
  let kim: Visitor;
  const secrets = new Set<string>();

  beforeAll(async () => {
    world = await openWorld({
      openMailbox: false,
      edge: async port => {
        edge = await openNginx(hostile(port, rewrite));
        return edge;
      },
    });
    expect((await world.deliver(example('boatsetter-created'))).status).toBe(202);
    await world.settle();
    booking = await world.booking();
  });
  afterAll(() => world.close());

  const pageUrl = async () => (await world.belief(booking.id, 'guest page')).url ?? '';
  /** The same question past the edge. */
  const direct = (url: string, init = {}) =>
    call(world.origin, url.replace(`:${world.port}`, `:${world.origin}`), init);

  it('a guest opens the page of the charter, over and over', async () => {
    const url = await pageUrl();
    const page = await world.http(url);
    expect(page.status).toBe(200);
    expect(page.body).toContain('Queen of San Diego');
    expect(page.body).toBe((await direct(url)).body);
    for (const spelling of [url, `${url}.html`]) {
      expect((await world.http(spelling)).body).toBe(page.body);
    }
    expect((await world.http(`${url}x`)).status).toBe(404);
  });

  it('what lies below the page is reached as well', async () => {
    const url = `${await pageUrl()}/uploads`;
    const asked = { method: 'POST' };
    const through = await world.http(url, asked);
    expect(through.status).not.toBe(404);
    expect([through.status, through.body]).toEqual(
      await direct(url, asked).then(({ status, body }) => [status, body]),
    );
  });

  it('somebody of the crew opens the link of the letter and answers', async () => {
    const [letter] = await world.letters({ to: 'kim@crew.example' });
    const link = letter && world.links(letter).find(each => each.includes('/c#'));
    secrets.add(link?.split('#')[1] ?? '');
    kim = await world.onBoard(link ?? '');
    const page = await kim.get(kim.landed);
    expect(page.body).toContain('Are you coming?');
    note(page.body);
    const path = new URL(kim.landed).pathname;
    expect((await kim.press(kim.landed, `${path}/answer`, { answer: 'accepted' })).status).toBe(303);
    expect((await kim.get(kim.landed)).body).toContain('You are coming');
  });

  it('a calendar program follows the feed, and gets it from nobody but us', async () => {
    const { url } = await world.operate<{ url: string }>('feed show', { of: 'kim' });
    secrets.add(url.split('/').at(-1) ?? '');
    for (let n = 0; n < 2; n++) {
      const feed = await world.http(url);
      expect(feed.status).toBe(200);
      expect(feed.body).toContain('BEGIN:VEVENT');
    }
    await world.operate('feed renew', { of: 'kim' });
    expect((await world.http(url)).status).toBe(404);
  });

  it('somebody at the desk signs in, moves the charter, and the guest reads the new time', async () => {
    const desk = await world.atDesk();
    const at = paths.deskBooking(booking.id);
    const page = await desk.get(at);
    expect(page.body).toContain('Carole');
    note(page.body);
    const move = paths.deskMove(booking.id);
    const form = (await desk.get(move)).body;
    note(form);
    const moved = await desk.press(move, move, {
      date: '2027-05-30',
      start: '15:10',
      length: '180',
      revision: String(booking.revision),
      confirmed: 'yes',
    });
    expect(moved.status).toBe(303);
    await world.settle();
    // Another question to the cache, which keeps the old page for a minute.
    const again = await world.http(`${await pageUrl()}?again`);
    expect(again.body).toContain('15:10');
    expect(again.headers['cache-control']).toContain('s-maxage=60');
  });

  it('a key that was taken away is named in the error, in the metrics and by doctor', async () => {
    const json = { 'content-type': 'application/json' };
    const doors = [
      ['/api/events', 'X-Service-Key', world.keys.serviceKey, 'service-key-missing'],
      ['/api/calendar', 'X-Dashboard-Token', world.keys.dashboardToken, 'dashboard-token-missing'],
    ] as const;
    for (const [path, name, key, code] of doors) {
      const headers = { ...json, [name]: key };
      const stripped = await world.http(world.house + path, { headers });
      expect([stripped.status, stripped.json<Problem>().code]).toEqual([401, code]);
      expect(stripped.json<Problem>().cure).toContain(name);
      expect(stripped.json<Problem>().cure).toContain('stripped');
      expect((await direct(world.house + path, { headers })).status).toBe(200);
      const { body } = await direct(`${world.house}/metrics`);
      expect(body).toContain(`gangway_refusals_total{code="${code}"} 1`);
    }

    const premises = openPremises({
      config: config => ({ ...config, server: { url: world.house, port: world.origin } }),
    });
    try {
      const found = await findings({ config: premises.config, data: premises.data });
      expect(found.find(({ what }) => what.startsWith('headers through'))).toMatchObject({
        state: 'failing',
        detail: 'stripped on the way: authorization, x-service-key, x-api-key, x-dashboard-token',
        cure: expect.stringContaining('origin address'),
      });
    } finally {
      await premises.close();
    }
  });

  it('it has kept guest pages and what is the same for everybody, and not one private byte', () => {
    const kept = edge.cached();
    expect(kept.length).toBeGreaterThan(0);
    const ofEverybody =
      /^http:\/\/127\.0\.0\.1:\d+\/(g\/|guests\/|ui\/|openapi\.json|docs|c\/crew\.(js|css)|desk\/desk\.)/;
    for (const { key } of kept) expect(key).toMatch(ofEverybody);
    secrets.add(world.keys.serviceKey).add(world.keys.dashboardToken);
    secrets.delete('');
    expect(secrets.size).toBeGreaterThan(4);
    for (const { bytes } of kept) {
      expect(bytes).not.toMatch(/^set-cookie:/im);
      for (const secret of secrets) expect(bytes).not.toContain(secret);
      // A line of a feed; a guest page has its own entry as one line.
      for (const word of ['840.75', 'BEGIN:VEVENT\r\n', 'Are you coming', 'carole.whitfield@example.org'])
        expect(bytes).not.toContain(word);
    }
  });

  /** Form tokens and whatever else is one session's own. */
  function note(page: string) {
    for (const [, token] of page.matchAll(/name="formToken" value="([^"]+)"/g)) secrets.add(token ?? '');
  }
});

describe('who is calling', () => {
  /** Tries sign-in links from one address of this machine, with a header that claims another. */
  const knock = async (world: World, from: string, times: number) => {
    const statuses: number[] = [];
    for (let n = 0; n < times; n++) {
      statuses.push(
        await new Promise((resolve, reject) => {
          const it = request(
            {
              host: '127.0.0.1',
              port: world.port,
              localAddress: from,
              method: 'POST',
              path: paths.deskSession,
              headers: {
                host: `localhost:${world.port}`,
                origin: world.house,
                'x-forwarded-for': `198.51.100.${n}`,
              },
            },
            answer => {
              answer.resume();
              answer.on('end', () => resolve(answer.statusCode ?? 0));
            },
          );
          it.on('error', reject);
          it.end('token=nothing');
        }),
      );
    }
    return statuses;
  };
  const behind = (trustedProxies: string[]) =>
    openWorld({
      config: config => ({ ...config, server: { trustedProxies } }),
      edge: port => openNginx(hostile(port, '')),
    });

  it('is told by a proxy that the configuration lists: one caller who tries too often keeps out nobody else', async () => {
    const world = await behind(['127.0.0.1']);
    try {
      expect((await knock(world, '127.0.0.2', 11)).at(-1)).toBe(429);
      expect(await knock(world, '127.0.0.3', 1)).toEqual([401]);
    } finally {
      await world.close();
    }
  });

  it('is not told by any other: whatever X-Forwarded-For claims, all behind it are one', async () => {
    const world = await behind(['192.0.2.1']);
    try {
      expect((await knock(world, '127.0.0.2', 11)).at(-1)).toBe(429);
      expect(await knock(world, '127.0.0.3', 1)).toEqual([429]);
    } finally {
      await world.close();
    }
  });
});
