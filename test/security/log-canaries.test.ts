import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '#lib/digest.ts';
import type { Letter } from '#mail/letter.ts';
import { pinoLog } from '#platform/log.pino.ts';
import { paths } from '#ui/paths.ts';
import { call, type World } from '../world.ts';
import {
  amounts,
  cookieBy,
  deskCookie,
  eventOf,
  guestName,
  threeBookings,
  twoBrands,
} from './fleet-of-two.ts';

/** Everything that somebody who reads logs and metrics, or provokes errors, gets to see of one long story. */
describe('logs, metrics and error answers', () => {
  const lines: string[] = [];
  const seen: string[] = [];
  const secrets: Record<string, string> = {};
  let world: World;
  let broken = 0;

  beforeAll(async () => {
    const log = pinoLog({ level: 'trace', stream: { write: line => void lines.push(line) } });
    world = await twoBrands({
      log,
      // Every third letter breaks with an error that quotes all it knows, in its message and in lines like stack frames.
      mailer: () => {
        let sent = 0;
        return {
          exactlyOnce: false,
          close: async () => {},
          async send(letter: Letter) {
            if (++sent % 3 !== 0) return { kind: 'sent' };
            broken++;
            const all = Object.values(secrets).join(' ');
            throw new Error(
              `cannot send ${letter.to.address}: ${letter.text}\n    at ${all} ${guestName} (731.29)\nat 731.29`,
            );
          },
        };
      },
    });
    Object.assign(secrets, world.keys.environment, {
      serviceKey: world.keys.serviceKey,
      dashboardToken: world.keys.dashboardToken,
      operatorToken: 'test operator',
      guestName,
      guestMail: 'zephyrine@example.org',
      guestPhone: '619 555 0142',
    });
    const bookings = await threeBookings(world);
    secrets.page = new URL((await world.belief(bookings.own.id, 'guest page')).url ?? '').pathname.slice(
      '/g/'.length,
    );
    const event = await eventOf(world, bookings.own);
    const link = event.linkOf('captain-ana');
    secrets.crewLink = link.slice(link.indexOf('#') + 1);
    secrets.crewCookie = held(await cookieBy(world, link, true));
    secrets.deskCookie = held(await deskCookie(world, 'owner-joan'));
    await provoke(world, secrets, seen);
    await world.later(60_000);
    await world.operate('booking cancel', { booking: bookings['other event'].id });
    await world.later(24 * 3_600_000);
    seen.push((await world.http(`${world.house}/metrics`)).body);
  });
  afterAll(() => world.close());

  it('say something, so that there is something to search', () => {
    expect(broken).toBeGreaterThan(3);
    expect(lines.length).toBeGreaterThan(3);
    expect(seen.length).toBeGreaterThan(100);
  });

  it('hold no secret, no token, no amount and nobody’s name, plain or encoded', () => {
    const found: string[] = [];
    const all = [
      ...lines.map(line => ['a log line', line] as const),
      ...seen.map(text => ['an answer', text] as const),
    ];
    for (const [name, secret] of Object.entries(secrets)) {
      const spellings = [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64'),
        JSON.stringify(secret).slice(1, -1),
      ];
      for (const [where, text] of all)
        if (spellings.some(spelling => text.includes(spelling)))
          found.push(`${name} in ${where}: ${text.slice(0, 300)}`);
    }
    for (const [where, text] of all)
      if (amounts.test(text)) found.push(`an amount in ${where}: ${text.slice(0, 300)}`);
    expect(found).toEqual([]);
  });

  it('are one line of JSON each, whatever an error says', () => {
    for (const line of lines) {
      expect(line.trimEnd()).not.toContain('\n');
      expect(() => JSON.parse(line)).not.toThrow();
    }
  });

  it('say when, in UTC', () => {
    for (const line of lines)
      expect(JSON.parse(line).time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });
});

const held = (cookie: string) => cookie.slice(cookie.indexOf('=') + 1);

/** Sends every secret to the wrong door in every way, and bodies that break whatever reads them. */
async function provoke(world: World, secrets: Record<string, string>, seen: string[]) {
  const bodies = [
    '',
    '{',
    '[1,2',
    '{"a":',
    '\u0000',
    `{"name":"${guestName}","x":`,
    `${guestName} 731.29\n    at 731.29`,
  ];
  const doors = [
    paths.events,
    paths.calendar,
    paths.webhook('boatsetter'),
    `${paths.webhook('boatsetter')}/x`,
    paths.crewSession,
    paths.deskSession,
    paths.operations('money show'),
  ];
  for (const door of doors) {
    for (const body of bodies) {
      world.clock.advance(3000);
      const answer = await call(world.port, `${world.house}${door}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: world.house,
          'x-service-key': world.keys.serviceKey,
          'x-dashboard-token': world.keys.dashboardToken,
        },
        body,
      });

      seen.push(JSON.stringify(answer.headers), answer.body);
    }
  }
  for (const [name, secret] of Object.entries(secrets)) {
    if (name.startsWith('guest')) continue;
    world.clock.advance(3000);
    const wrong = sha256(secret);
    for (const headers of [
      { authorization: `Bearer ${secret}x` },
      { 'x-service-key': `${secret}x` },
      { 'x-dashboard-token': `${secret}x` },
      { cookie: `gangway=${encodeURIComponent(secret)}x` },
      { 'webhook-id': 'x', 'webhook-timestamp': '1', 'webhook-signature': `v1,${wrong}` },
    ] as Record<string, string>[]) {
      for (const at of [paths.events, paths.calendar, paths.desk, paths.operations('booking list')]) {
        const answer = await call(world.port, `${world.house}${at}`, {
          method: at === paths.desk ? 'GET' : 'POST',
          headers,
        });
        seen.push(JSON.stringify(answer.headers), answer.body);
      }
    }
  }
}
