import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resendAfter } from '#announcements/announcement.ts';
import { outside } from '#platform/outside.ts';
import { paths } from '#ui/paths.ts';
import { example, openWorld, type World } from '../world.ts';

type Heard = { headers: Record<string, string>; body: string; said: Said };
type Said = {
  type: string;
  data: Record<string, unknown> & { booking?: Record<string, unknown>; money?: unknown };
};

const second = 1000;
const hour = 3_600_000;
const secretOf = (byte: number) =>
  `whsec_${Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 37 + byte) % 251)).toString('base64')}`;
const [shopSecret, nextSecret, bookSecret] = [secretOf(1), secretOf(90), secretOf(170)];

/** A program of the operator's: a real server that answers as it is told to. */
async function receiver() {
  const heard: Heard[] = [];
  let answer: number | 'nothing' = 204;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      if (answer === 'nothing') return;
      const body = Buffer.concat(chunks).toString();
      heard.push({ headers: request.headers as Record<string, string>, body, said: JSON.parse(body) });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    heard,
    kinds: () => heard.map(({ said }) => said.type),
    answers: (with_: number | 'nothing') => {
      answer = with_;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise(done => server.close(done));
    },
  };
}

describe('programs of the operator that are told what happens', () => {
  let shop: Awaited<ReturnType<typeof receiver>>;
  let books: Awaited<ReturnType<typeof receiver>>;
  let world: World;

  const openWith = (more: object = {}) => {
    const real = outside();
    return openWorld({
      keys: { SHOP: shopSecret, SHOP_NEXT: nextSecret, BOOKS: bookSecret, CHARTERS: 'a password' },
      // The real door, but nobody waits a quarter of a minute for what never answers.
      outside: asked => real({ ...asked, timeoutMs: Math.min(asked.timeoutMs, 400) }),
      config: jada => ({
        ...jada,
        ...more,
        webhooks: [
          {
            id: 'shop',
            url: shop.url,
            isNearby: true,
            secret: { env: 'SHOP' },
            nextSecret: { env: 'SHOP_NEXT' },
          },
          {
            id: 'books',
            url: books.url,
            isNearby: true,
            secret: { env: 'BOOKS' },
            audience: 'owner',
            events: ['booking.created', 'surface.failing'],
          },
        ],
      }),
    });
  };
  beforeEach(async () => {
    [shop, books] = await Promise.all([receiver(), receiver()]);
    world = await openWith();
  });
  afterEach(async () => {
    await world.close();
    await Promise.all([shop.close(), books.close()]);
  });

  const book = async () => {
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    return world.booking();
  };
  const log = async (filter: object = {}) =>
    (await world.operate<{ deliveries: Record<string, unknown>[] }>('webhook list', filter)).deliveries;

  it('hear of a booking made, moved and called off, signed with both secrets, the amounts for the owner alone', async () => {
    const { id } = await book();
    await world.operate('booking move', { booking: id, start: '15:00' });
    await world.settle();
    await world.operate('booking cancel', { booking: id });
    await world.settle();
    expect(shop.kinds()).toEqual(['booking.created', 'booking.changed', 'booking.cancelled']);
    for (const { headers, body } of shop.heard) {
      // The receiver's clock stands where ours does.
      const at = {
        'webhook-id': headers['webhook-id'] ?? '',
        'webhook-timestamp': headers['webhook-timestamp'] ?? '',
      };
      expect(Number(at['webhook-timestamp'])).toBe(Math.floor(world.clock.now() / 1000));
      const now = new Date(world.clock.now());
      const expected = [shopSecret, nextSecret].map(secret =>
        new Webhook(secret).sign(at['webhook-id'], now, body),
      );
      expect(headers['webhook-signature']?.split(' ')).toEqual(expected);
    }
    expect(shop.heard.map(({ said }) => said.data.booking)).toMatchObject([
      { id, revision: 1, status: 'confirmed', start: '2027-05-30T16:30:00-07:00', party_size: 4 },
      { id, revision: 2, start: '2027-05-30T15:00:00-07:00' },
      { id, revision: 3, status: 'cancelled' },
    ]);
    expect(shop.heard.map(({ body }) => body).join()).not.toMatch(/840|money|USD|gross/);

    expect(books.heard).toEqual([]);
    await world.later(31 * second);
    expect(books.kinds()).toEqual(['booking.created']);
    expect(books.heard[0]?.said.data.money).toMatchObject({ currency: 'USD', gross: '840.75' });
    expect(new Set(shop.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
  });

  it('hear of an answer of the crew once', async () => {
    const { id } = await book();
    await world.operate('crew answer', { booking: id, person: 'kim', answer: 'accepted' });
    await world.settle();
    await world.later(60 * second);
    const answered = shop.heard.filter(({ said }) => said.type === 'crew.answered');
    expect(answered).toHaveLength(1);
    expect(answered[0]?.said.data).toMatchObject({
      booking: { id },
      detail: { person: 'kim', role: 'crew', answer: 'accepted' },
    });
  });

  it('hear that a surface is failing, once for a revision', async () => {
    await world.close();
    const nobodyThere = await receiver();
    await nobodyThere.close();
    world = await openWith({
      calendarServers: [
        {
          id: 'charters',
          url: `${new URL(nobodyThere.url).origin}/joan/charters/`,
          user: 'joan',
          password: { env: 'CHARTERS' },
          isNearby: true,
        },
      ],
    });
    const { id } = await book();
    await world.later(60 * second);
    await world.later(hour);
    const failing = () => shop.heard.filter(({ said }) => said.type === 'surface.failing');
    expect(failing().map(({ said }) => said.data)).toMatchObject([
      {
        booking: { id, revision: 1 },
        detail: { surface: 'calendar server', state: 'failing', code: 'outside-unreachable' },
      },
    ]);
    expect(failing()[0]?.body).not.toMatch(/840|money/);
    expect(books.kinds().sort()).toEqual(['booking.created', 'surface.failing']);

    await world.operate('booking move', { booking: id, start: '15:00' });
    for (let minutes = 0; minutes < 3; minutes++) await world.later(60 * second);
    expect(failing().map(({ said }) => (said.data.detail as Record<string, unknown>).revision)).toEqual([
      1, 2,
    ]);
  });

  it('that are down are tried for 75 hours, then wait for a person who replays it, under the same id', async () => {
    shop.answers(503);
    await book();
    expect(shop.heard).toHaveLength(1);
    for (const seconds of resendAfter) {
      await world.later(seconds * second);
    }
    expect(shop.heard).toHaveLength(resendAfter.length + 1);
    expect(resendAfter.reduce((sum, seconds) => sum + seconds, 0)).toBe(75 * 3600 + 35 * 60 + 5);
    const [given] = await log({ endpoint: 'shop', state: 'failed' });
    expect(given).toMatchObject({ status: 503, reason: 'It answered with 503.', attempts: 10, nextAt: null });
    await world.later(48 * hour);
    expect(shop.heard).toHaveLength(10);

    shop.answers(200);
    const desk = await world.atDesk();
    expect((await desk.get(paths.deskWebhooks)).body).toContain('after 10 tries');
    const meant = { what: 'replay', delivery: String(given?.id), endpoint: 'shop' };
    expect((await desk.press(paths.deskWebhooks, paths.deskWebhooks, meant)).status).toBe(303);
    await world.settle();
    expect(shop.heard).toHaveLength(11);
    expect(new Set(shop.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await log({ state: 'delivered', endpoint: 'shop' })).toMatchObject([
      { id: given?.id, status: 200 },
    ]);
  });

  it('that end in the middle lose nothing', async () => {
    shop.answers(500);
    await book();
    await world.restart();
    shop.answers(204);
    await world.later(hour);
    expect(shop.kinds().at(-1)).toBe('booking.created');
    expect(await log({ endpoint: 'shop' })).toMatchObject([{ state: 'delivered' }]);
    const heard = shop.heard.length;
    await world.restart();
    await world.later(hour);
    expect(shop.heard).toHaveLength(heard);
  });

  it('that say 410 are left alone until somebody enables them again, and nothing is lost', async () => {
    shop.answers(410);
    const { id } = await book();
    expect(await world.operate('webhook list')).toMatchObject({
      disabled: [{ endpoint: 'shop', reason: 'It answered 410 Gone.' }],
    });
    await world.operate('booking move', { booking: id, start: '15:00' });
    await world.settle();
    await world.later(90 * hour);
    expect(shop.heard).toHaveLength(1);
    const desk = await world.atDesk();
    expect((await desk.get(paths.deskWebhooks)).body).toContain('shop is disabled: It answered 410 Gone.');

    shop.answers(204);
    await desk.press(paths.deskWebhooks, paths.deskWebhooks, { what: 'enable', endpoint: 'shop' });
    await world.settle();
    expect(shop.kinds()).toEqual(['booking.created', 'booking.created', 'booking.changed']);
    expect(await world.operate('webhook list')).toMatchObject({ disabled: [] });
  });

  it('that never answer keep nobody else waiting', async () => {
    books.answers('nothing');
    await book();
    await world.later(31 * second);
    expect(shop.kinds()).toEqual(['booking.created']);
    expect(await log({ endpoint: 'books' })).toMatchObject([
      { state: 'pending', status: null, reason: 'No answer: it did not answer in time.' },
    ]);
  });

  it('are told nothing of a guest who was forgotten', async () => {
    shop.answers(500);
    const { id } = await book();
    await world.operate('booking cancel', { booking: id });
    await world.settle();
    await world.operate('booking forget', { booking: id });
    await world.settle();
    shop.answers(204);
    const before = shop.heard.length;
    await world.later(hour);
    expect(
      shop.heard
        .slice(before)
        .map(({ body }) => body)
        .join(),
    ).not.toMatch(/Carole/);
    expect(await log()).toEqual([]);
  });
});
