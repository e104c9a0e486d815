import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import type { Belief } from '#booking/surface.ts';
import { openPremises, type Premises, type Server } from '../spawned.ts';
import { example } from '../world.ts';

const kills = Number(process.env.KILLS ?? 12);
const seed = Number(process.env.KILL_SEED ?? 1 + Math.floor(Math.random() * 1e9));
/** Bookings that come in at once before each kill. */
const atOnce = 3;

/** A kill falls anywhere in this time after the first acknowledgement; most fall early, where the work is. */
const longestMs = 150;

/** Park and Miller's generator: a failing run is repeated with its seed. */
function seeded(state: number): () => number {
  let now = state;
  return () => {
    now = (now * 48271) % 2147483647;
    return now / 2147483647;
  };
}

/** Booking number n: its own guest on its own day, so that no two letters are alike. */
const bookingOf = (n: number) => {
  const day = new Date(Date.UTC(2030, 0, 1 + n)).toISOString().slice(0, 10);
  return example('boatsetter-created', {
    id: `trip-${n}`,
    start: `${day}T16:30`,
    end: `${day}T19:30`,
    guest: { name: `Guest Number${n}`, email: `guest${n}@example.org`, phone: null },
  });
};

describe(`killed without warning ${kills} times (KILL_SEED=${seed})`, () => {
  let premises: Premises;
  let server: Server;
  let bookings: Booking[];
  let sent = 0;
  const acknowledged = new Set<number>();

  const deliver = async (n: number) => {
    const answer = await server.http('/webhooks/boatsetter', premises.signed(`msg_${n}`, bookingOf(n)));
    expect([202, answer.body]).toEqual([answer.status, answer.body]);
    acknowledged.add(n);
  };

  beforeAll(async () => {
    console.log(`KILL_SEED=${seed}`);
    const random = seeded(seed);
    premises = openPremises();
    server = await premises.serve();
    for (let kill = 0; kill < kills; kill++) {
      const batch = Array.from({ length: atOnce }, () => sent++);
      const deliveries = batch.map(n => deliver(n));
      await Promise.race(deliveries);
      const others = Promise.allSettled(deliveries);
      await wait(longestMs * random() ** 2);
      await server.kill();
      await others;
      server = await premises.serve();
    }
    // What was not acknowledged is the sender's to send again; what was, it never hears of again.
    for (let n = 0; n < sent; n++) if (!acknowledged.has(n)) await deliver(n);
    bookings = await server.operate<Booking[]>('booking list', { when: 'all', limit: 1000 });
    for (const { id } of bookings) await server.operate('settle', { booking: id });
  }, 120_000);
  afterAll(() => premises.close());

  it('has every booking that was acknowledged, once', () => {
    const names = bookings.flatMap(booking => booking.names.map(name => name.externalId));
    expect(names.sort()).toEqual(Array.from({ length: sent }, (_, n) => `trip-${n}`).sort());
  });

  it('has said everything there is to say about each', async () => {
    for (const { id, revision } of bookings) {
      const { surfaces } = await server.operate<{ surfaces: Belief[] }>('beliefs', { booking: id });
      expect(surfaces).toHaveLength(14);
      expect(
        surfaces.filter(({ state, statedRevision }) => state !== 'stated' || statedRevision !== revision),
      ).toEqual([]);
    }
  });

  it('has one crew event, one calendar entry and one guest page for each', async () => {
    const ids = bookings.map(({ id }) => id).sort();
    const { events } = (
      await server.http('/api/events?limit=200', { headers: { 'x-service-key': premises.keys.serviceKey } })
    ).json<{ events: { booking_id: string }[] }>();
    expect(events.map(event => event.booking_id).sort()).toEqual(ids);

    const { entries } = (
      await server.http('/api/calendar?from=2030-01-01&to=2030-12-31', {
        headers: { 'x-dashboard-token': premises.keys.dashboardToken },
      })
    ).json<{ entries: { booking: string }[] }>();
    expect(entries.map(entry => entry.booking).sort()).toEqual(ids);

    const pages = readdirSync(join(premises.data, 'pages'), { recursive: true, withFileTypes: true });
    expect(pages.filter(entry => entry.isFile()).map(entry => entry.name)).toHaveLength(sent);
    for (const { id, guest } of bookings) {
      const { surfaces } = await server.operate<{ surfaces: Belief[] }>('beliefs', { booking: id });
      const url = new URL(surfaces.find(({ surface }) => surface === 'guest page')?.url ?? '');
      const page = await server.http(url.pathname, { headers: { host: url.host } });
      expect(page.status).toBe(200);
      expect(page.body).toContain(guest.name.split(' ')[0]);
    }
  });

  it('has one ledger for each, to the cent', async () => {
    for (const { id } of bookings) {
      const { ledger } = await server.operate<{ ledger: { gross: string; net: string } }>('money show', {
        booking: id,
      });
      expect(ledger).toMatchObject({ gross: '840.75', net: '289.41' });
    }
  });

  it('has written each letter once', async () => {
    const letters = await premises.letters();
    const to = new Map<string, number>();
    for (const letter of letters) {
      const address = letter.to?.[0]?.address ?? '';
      to.set(address, (to.get(address) ?? 0) + 1);
    }
    const guests = bookings.map(({ guest }) => [guest.email ?? '', 1] as const);
    const crew = [
      ['luis@crew.example', sent],
      ['kim@crew.example', sent],
      // The captain is written to as crew and as somebody who is paid.
      ['ana@crew.example', 2 * sent],
      ['joan@sailjada.example', sent],
    ] as const;
    expect(Object.fromEntries(to)).toEqual(Object.fromEntries([...guests, ...crew]));
    expect(new Set(letters.map(letter => letter.messageId)).size).toBe(letters.length);
  });

  it('starts once more with nothing left to do', async () => {
    await server.stop();
    const before = (await premises.letters()).length;
    server = await premises.serve();
    const metrics = (await server.http('/metrics')).body;
    expect(metrics).toMatch(/gangway_surfaces_troubled 0\n/);
    expect(metrics).toMatch(/gangway_deliveries_held 0\n/);
    expect((await server.stop()).code).toBe(0);
    expect(await premises.letters()).toHaveLength(before);
  });
});
