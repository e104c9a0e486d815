import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Outside, outside } from '#platform/outside.ts';
import { paths } from '#ui/paths.ts';
import { openWorld, type World } from '../world.ts';

const example = (name: string) =>
  readFileSync(new URL(`../../examples/webhooks/${name}`, import.meta.url), 'utf8');

const squareSecret = 'sq0whk-RnD9yTb2uLpQ7';
const addressSecret = 'N7x4Qw0pLr9Vt2Ks8Zb5Hc3Jd6Mf1GyE';
const hour = 3_600_000;

/** The APIs of the marketplaces, as a real server: every request is kept, and what it answers can be changed. */
async function marketplaces() {
  const asked: { host: string; url: string; headers: Record<string, unknown> }[] = [];
  const answers = new Map<string, string>();
  let status = 200;
  const server: Server = createServer((request, response) => {
    asked.push({
      host: String(request.headers['x-asked-host']),
      url: request.url ?? '',
      headers: request.headers,
    });
    const body = answers.get(request.url ?? '');
    response.writeHead(status === 200 && body === undefined ? 404 : status, {
      'content-type': 'application/json',
    });
    response.end(body ?? '{}');
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const real = outside();
  /** The real door to the outside, led to this machine. */
  const reach: Outside = asked => {
    const url = new URL(asked.url);
    return real({
      ...asked,
      url: `${origin}${url.pathname}${url.search}`,
      headers: { ...asked.headers, 'x-asked-host': url.host },
      isNearby: true,
    });
  };
  return {
    reach,
    asked,
    answers,
    fail: (with_: number) => {
      status = with_;
    },
    close: () => new Promise<unknown>(done => server.close(done)),
  };
}

describe('marketplaces that send notices', () => {
  let markets: Awaited<ReturnType<typeof marketplaces>>;
  let world: World;

  beforeEach(async () => {
    markets = await marketplaces();
    world = await openWorld({
      now: '2027-04-12T18:00:00Z',
      outside: markets.reach,
      keys: {
        SQUARE_SECRET: squareSecret,
        SQUARE_KEY: 'sq-access-token',
        FAREHARBOR_ADDRESS: addressSecret,
        FAREHARBOR_APP: 'fh-app',
        FAREHARBOR_USER: 'fh-user',
      },
      config: jada => ({
        ...jada,
        sources: [
          {
            id: 'square',
            kind: 'square',
            secret: { env: 'SQUARE_SECRET' },
            listings: { HERON3HOURS: 'jada' },
            party: { byListing: { HERON3HOURS: 6 } },
            api: { key: { env: 'SQUARE_KEY' } },
          },
          {
            id: 'fareharbor',
            kind: 'fareharbor',
            urlSecret: { env: 'FAREHARBOR_ADDRESS' },
            listings: { '41867': 'jada' },
            api: {
              key: { env: 'FAREHARBOR_APP' },
              secret: { env: 'FAREHARBOR_USER' },
              account: 'harborcharters',
            },
          },
        ],
      }),
    });
  });
  afterEach(async () => {
    await world.close();
    await markets.close();
  });

  const fromSquare = (name: string, address = `${world.house}/webhooks/square`) => {
    const body = example(`square/${name}`);
    const signature = createHmac('sha256', squareSecret)
      .update(address + body)
      .digest('base64');
    return world.http(`${world.house}/webhooks/square`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-square-hmacsha256-signature': signature },
      body,
    });
  };
  const fromFareHarbor = (name: string, secret = addressSecret) =>
    world.http(`${world.house}/webhooks/fareharbor/${secret}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: example(`fareharbor/${name}`),
    });
  const squareAnswers = (booking: string) => {
    markets.answers.set('/v2/bookings/zkras0xv0xwswx', example(`square/${booking}`));
    markets.answers.set('/v2/customers/K48SGF7H116G59WZJRMYJNJKA8', example('square/answer-customer.json'));
  };

  it('Square: the guest is asked for, and everybody gets their letter; moved and called off, it is one booking', async () => {
    squareAnswers('answer-booking.json');
    expect((await fromSquare('created.json')).status).toBe(202);
    await world.settle();
    const made = await world.booking();
    expect(made).toMatchObject({ status: 'confirmed', partySize: 6, guest: { name: 'Amara Schmidt' } });
    expect(await world.letters({ to: 'amara@example.org' })).toHaveLength(1);
    expect(markets.asked.map(({ host, url }) => host + url)).toEqual([
      'connect.squareup.com/v2/bookings/zkras0xv0xwswx',
      'connect.squareup.com/v2/customers/K48SGF7H116G59WZJRMYJNJKA8',
    ]);
    expect(markets.asked[0]?.headers.authorization).toBe('Bearer sq-access-token');

    squareAnswers('answer-booking-moved.json');
    await fromSquare('updated.json');
    await world.settle();
    expect(await world.booking()).toMatchObject({
      id: made.id,
      revision: 2,
      start: { local: '2027-05-30T15:30' },
    });
    await fromSquare('cancelled-as-updated.json');
    await world.settle();
    expect(await world.booking()).toMatchObject({ id: made.id, status: 'cancelled' });
  });

  it('Square: what is signed for another address is refused', async () => {
    const { status, body } = await fromSquare('created.json', 'https://somebody.example/webhooks/square');
    expect([status, body.includes('signature-wrong')]).toEqual([401, true]);
    expect(markets.asked).toEqual([]);
  });

  it('FareHarbor: whoever knows the address can make it ask, and no more: what is booked is what FareHarbor says', async () => {
    const at = '/api/external/v1/companies/harborcharters/bookings/0b1f6c1e-55d1-4d0f-9b1a-2c8f0e5d7a31/';
    markets.answers.set(at, example('fareharbor/moved.json'));
    expect((await fromFareHarbor('booked.json', 'guess')).status).toBe(401);
    expect((await fromFareHarbor('booked.json')).status).toBe(202);
    await world.settle();
    expect(await world.booking()).toMatchObject({
      start: { local: '2027-05-30T15:30' },
      guest: { name: 'Tomas Iyer' },
    });
    expect(markets.asked).toMatchObject([
      {
        host: 'fareharbor.com',
        url: at,
        headers: { 'x-fareharbor-api-app': 'fh-app', 'x-fareharbor-api-user': 'fh-user' },
      },
    ]);
    expect(JSON.stringify(await world.booking())).not.toMatch(/840|84075/);
  });

  it('while a marketplace does not answer, the desk says so and when it is asked again; then it is a booking by itself', async () => {
    squareAnswers('answer-booking.json');
    markets.fail(503);
    await fromSquare('created.json');
    await world.settle();
    expect(await world.bookings()).toEqual([]);
    const desk = await world.atDesk();
    const { body } = await desk.get(paths.deskFailures);
    expect(body).toContain('Is tried again by itself');
    expect(body).toContain('It answered with 503.');
    expect(body).toContain('message from square');

    await world.restart();
    markets.fail(200);
    await world.later(hour);
    expect(await world.booking()).toMatchObject({ guest: { name: 'Amara Schmidt' } });
    expect((await desk.get(paths.deskFailures)).body).toContain('Everything is as it should be');
  });

  it('a key that is not accepted waits for a person, who runs the notice again', async () => {
    squareAnswers('answer-booking.json');
    markets.fail(401);
    const { delivery } = (await fromSquare('created.json')).json<{ delivery: string }>();
    await world.settle();
    const desk = await world.atDesk();
    expect((await desk.get(paths.deskQuarantine)).body).toContain('did not accept our key (401)');
    markets.fail(200);
    await desk.press(paths.deskDelivery(delivery), paths.deskRerun(delivery));
    await world.settle();
    expect(await world.booking()).toMatchObject({ guest: { name: 'Amara Schmidt' } });
  });

  it('forgetting the guest erases notice and answer alike', async () => {
    squareAnswers('answer-booking.json');
    await fromSquare('created.json');
    await world.settle();
    const { id } = await world.booking();
    await world.operate('booking cancel', { booking: id });
    await world.settle();
    await world.operate('booking forget', { booking: id });
    await world.settle();
    const kept =
      readFileSync(`${world.folder}/money.db`, 'latin1') +
      readFileSync(`${world.folder}/money.db-wal`, 'latin1');
    expect(kept).not.toMatch(/Amara|200 dollars/);
  });
});
