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

const dayOf = (n: number) => new Date(Date.UTC(2030, 0, 1 + n)).toISOString().slice(0, 10);

/** Booking number n: its own guest on its own day, so that no two letters are alike. */
const booked = (n: number) =>
  example('boatsetter-created', {
    id: `trip-${n}`,
    version: 1,
    start: `${dayOf(n)}T16:30`,
    end: `${dayOf(n)}T19:30`,
    guest: { name: `Guest Number${n}`, email: `guest${n}@example.org`, phone: null },
  });

/** The same, an hour later. */
const moved = (n: number) => {
  const { booking, ...message } = booked(n);
  const later = { ...booking, version: 2, start: `${dayOf(n)}T17:30`, end: `${dayOf(n)}T20:30` };
  return { ...message, type: 'booking.changed', booking: later };
};

describe(`killed without warning ${kills} times (KILL_SEED=${seed})`, () => {
  let premises: Premises;
  let server: Server;
  let bookings: Booking[];
  let sent = 0;
  const unacknowledged = new Map<string, unknown>();
  const wereMoved = new Set<number>();

  const deliver = async (id: string, body: unknown) => {
    unacknowledged.set(id, body);
    const answer = await server.http('/webhooks/boatsetter', premises.signed(id, body));
    expect([202, answer.body]).toEqual([answer.status, answer.body]);
    unacknowledged.delete(id);
  };
  const book = (n: number) => deliver(`msg_${n}`, booked(n));
  const move = (n: number) => {
    wereMoved.add(n);
    return deliver(`msg_${n}_moved`, moved(n));
  };

  beforeAll(async () => {
    console.log(`KILL_SEED=${seed}`);
    const random = seeded(seed);
    premises = openPremises();
    server = await premises.serve();
    for (let kill = 0; kill < kills; kill++) {
      const deliveries = Array.from({ length: atOnce }, () => book(sent++));
      // Every other time a trip is moved too, which the kill before may have left half said.
      if (kill % 2 === 1) deliveries.push(move(sent - atOnce - 1));
      const all = Promise.allSettled(deliveries);
      await Promise.race(deliveries);
      await wait(longestMs * random() ** 2);
      await server.kill();
      await all;
      server = await premises.serve();
    }
    // What was not acknowledged is the sender's to send again; of what was, it never hears again.
    for (const [id, body] of [...unacknowledged]) await deliver(id, body);
    const list = () => server.operate<Booking[]>('booking list', { when: 'all', limit: 1000 });
    await server.operate('settle', { booking: (await list())[0]?.id });
    bookings = await list();
  }, 120_000);
  afterAll(() => premises.close());

  it('has every booking that was acknowledged, once', () => {
    const names = bookings.flatMap(booking => booking.names.map(name => name.externalId));
    expect(names.sort()).toEqual(Array.from({ length: sent }, (_, n) => `trip-${n}`).sort());
  });

  it('has said everything there is to say about each, as of its last revision', async () => {
    for (const { id, revision } of bookings) {
      const { surfaces } = await server.operate<{ surfaces: Belief[] }>('beliefs', { booking: id });
      expect(surfaces).toHaveLength(14);
      expect(
        surfaces.filter(({ state, statedRevision }) => state !== 'stated' || statedRevision !== revision),
      ).toEqual([]);
    }
  });

  it('has one crew event, one calendar entry and one guest page for each', async () => {
    const key = { 'x-service-key': premises.keys.serviceKey };
    const token = { 'x-dashboard-token': premises.keys.dashboardToken };
    for (const { id, start } of bookings) {
      const day = start.local.slice(0, 10);
      const { events } = (
        await server.http(`/api/events?from=${day}T08:00&until=${day}T23:00`, { headers: key })
      ).json<{ events: { booking_id: string }[] }>();
      expect(events.map(event => event.booking_id)).toEqual([id]);
      const { entries } = (
        await server.http(`/api/calendar?from=${day}&to=${day}`, { headers: token })
      ).json<{ entries: { booking: string }[] }>();
      expect(entries.map(entry => entry.booking)).toEqual([id]);
    }
    const pages = readdirSync(join(premises.data, 'pages'), { recursive: true, withFileTypes: true });
    expect(pages.filter(entry => entry.name.endsWith('.html'))).toHaveLength(sent);
    for (const { id, start } of bookings) {
      const { surfaces } = await server.operate<{ surfaces: Belief[] }>('beliefs', { booking: id });
      const url = new URL(surfaces.find(({ surface }) => surface === 'guest page')?.url ?? '');
      // The port is another one after every start here.
      const page = await server.http(`http://${url.hostname}:${server.port}${url.pathname}`);
      expect(page.status).toBe(200);
      expect(page.body).toContain(start.local.slice(11));
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

  it('has written to everybody, and nothing twice', async () => {
    const letters = await premises.letters();
    expect(new Set(letters.map(letter => letter.messageId)).size).toBe(letters.length);
    const said = letters.map(letter => `${letter.to?.[0]?.address}\n${letter.subject}\n${letter.text}`);
    expect(said.filter((words, index) => said.indexOf(words) !== index)).toEqual([]);

    const to = (address: string) => letters.filter(letter => letter.to?.[0]?.address === address);
    for (let n = 0; n < sent; n++) {
      const guests = to(`guest${n}@example.org`);
      const tellsNow = guests.filter(({ text }) => text?.includes(wereMoved.has(n) ? '17:30' : '16:30'));
      expect([n, tellsNow.length]).toEqual([n, 1]);
      // Whoever was moved before the first letter was written hears of the new time only.
      expect(guests.length - tellsNow.length).toBeLessThanOrEqual(wereMoved.has(n) ? 1 : 0);
    }
    for (const [address, once] of [
      ['luis@crew.example', sent],
      ['kim@crew.example', sent],
      // The captain is written to as crew and as somebody who is paid.
      ['ana@crew.example', 2 * sent],
      ['joan@sailjada.example', sent],
    ] as const) {
      expect(to(address).length).toBeGreaterThanOrEqual(once);
      expect(to(address).length).toBeLessThanOrEqual((once / sent) * (sent + wereMoved.size));
    }
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
