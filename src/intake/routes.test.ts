import { Hono } from 'hono';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { type Refusal, Unavailable } from '#lib/refusal.ts';
import type { DeliveryId } from './inbox.ts';
import { nextSecret, payload, testIntake, testSecret } from './intake.fixture.ts';
import { webhookRoutes } from './routes.ts';
import { source, sources } from './sources.ts';

function door() {
  const both = source({
    id: 'market',
    kind: 'boatsetter',
    times: 'local',
    listings: { 'blue boat': 'heron' },
    secrets: [testSecret, nextSecret],
    urlSecrets: ['the secret of an address'],
  });
  const room = testIntake({ sources: sources([both]) });
  const counted: string[] = [];
  const received: DeliveryId[] = [];
  const routes = webhookRoutes({
    sources: room.room.sources,
    inbox: room.inbox,
    clock: room.clock,
    count: (_name, labels) => counted.push(`${labels.source} ${labels.outcome}`),
    answering: answer => answer(),
    onReceived: id => received.push(id),
  });
  const app = new Hono().route('/', routes);
  app.onError((error, c) =>
    c.json(
      { code: (error as Refusal).code, data: (error as Refusal).data },
      error instanceof Unavailable ? 507 : 400,
    ),
  );

  const knock = async (path: string, body: BodyInit, headers: Record<string, string> = {}) => {
    const response = await app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return {
      status: response.status,
      answer: (await response.json()) as {
        delivery?: DeliveryId;
        code?: string;
        data?: { delivery?: DeliveryId };
      },
    };
  };
  const signed = (id: string, body: string, secret = testSecret, at = room.clock.now()) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, new Date(at), body),
  });
  const post = (id: string, body: unknown, secret?: string, at?: number) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return knock('/webhooks/market', text, signed(id, text, secret, at));
  };
  return { ...room, app, counted, received, knock, post, signed };
}

describe('a signed webhook', () => {
  it('is kept before it is thanked for, and then read', async () => {
    const { post, inbox, received, counted, intake, bookings } = door();
    const { status, answer } = await post('m1', payload());
    expect(status).toBe(202);
    expect(await inbox.find(answer.delivery ?? 'dlv_')).toMatchObject({
      state: 'pending',
      via: 'signed',
      messageId: 'm1',
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'm1',
        'webhook-timestamp': expect.any(String),
      },
    });
    expect(received).toEqual([answer.delivery]);
    expect(counted).toEqual(['market received']);
    await intake.processPending();
    expect(await bookings.count()).toBe(1);
  });

  it('keeps no signature', async () => {
    const { post, inbox } = door();
    const { answer } = await post('m1', payload());
    expect(Object.keys((await inbox.find(answer.delivery ?? 'dlv_'))?.headers ?? {})).not.toContain(
      'webhook-signature',
    );
  });

  it('may be signed with the next secret while rotating', async () => {
    const { post } = door();
    expect((await post('m1', payload(), nextSecret)).status).toBe(202);
  });

  it('sent again is thanked for again and read once', async () => {
    const { post, inbox, received, counted, clock } = door();
    const first = await post('m1', payload());
    clock.advance(60_000);
    const again = await post('m1', payload());
    expect(again).toEqual(first);
    expect(received).toHaveLength(1);
    expect(await inbox.list({})).toHaveLength(1);
    expect(counted).toEqual(['market received', 'market duplicate']);
  });

  it('with another body under the same id is refused and lies on the desk', async () => {
    const { post, inbox, received, counted } = door();
    await post('m1', payload());
    expect((await post('m1', payload({ party_size: 2 }))).answer).toMatchObject({
      code: 'delivery-conflict',
    });
    expect(await inbox.held(9)).toMatchObject([{ state: 'conflict', messageId: 'm1' }]);
    expect(received).toHaveLength(1);
    expect(counted.at(-1)).toBe('market delivery-conflict');
  });

  it('that is no JSON is refused every time, and kept for a person once', async () => {
    const { post, inbox, received } = door();
    for (const body of ['{"a":1,"a":2}', '{"a":1,"a":2}']) {
      const { answer } = await post('m1', body);
      expect(answer.code).toBe('json-duplicate-key');
      expect(answer.data?.delivery).toMatch(/^dlv_/);
    }
    expect(await inbox.held(9)).toMatchObject([
      { state: 'quarantined', problems: [{ code: 'json-duplicate-key' }] },
    ]);
    expect(received).toEqual([]);
  });

  it('that a person has thrown away stays away, however often it is sent', async () => {
    const { post, inbox } = door();
    const { answer } = await post('m1', '{"a":');
    const id = answer.data?.delivery ?? 'dlv_';
    await inbox.discard(id, 'perry', 'nonsense');
    expect((await post('m1', '{"a":')).status).toBe(400);
    expect(await inbox.find(id)).toMatchObject({ state: 'discarded' });
  });

  it('is kept with its sender’s name cut to a length', async () => {
    const { knock, signed, inbox } = door();
    const body = JSON.stringify(payload());
    const { answer } = await knock('/webhooks/market', body, {
      ...signed('m1', body),
      'user-agent': 'x'.repeat(300),
    });
    expect((await inbox.find(answer.delivery ?? 'dlv_'))?.headers['user-agent']).toBe('x'.repeat(200));
  });

  it('gets no thanks when the disk is full', async () => {
    const { inbox, clock, room, signed } = door();
    const full = {
      ...inbox,
      receive: () => Promise.reject(new Unavailable('disk-full', 'The disk is full.')),
    };
    const counted: string[] = [];
    const routes = webhookRoutes({
      sources: room.sources,
      inbox: full,
      clock,
      count: (_n, { outcome }) => counted.push(outcome),
      answering: answer => answer(),
      onReceived: () => {},
    });
    const app = new Hono().route('/', routes).onError((error, c) => c.text((error as Unavailable).code, 507));
    const body = JSON.stringify(payload());
    const response = await app.request('/webhooks/market', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed('m1', body) },
      body,
    });
    expect(response.status).toBe(507);
    expect(counted).toEqual(['disk-full']);
  });
});

describe('at the door', () => {
  const body = JSON.stringify(payload());

  it.each<[string, (at: ReturnType<typeof door>) => Promise<{ answer: { code?: string } }>]>([
    ['signature-missing', at => at.knock('/webhooks/market', body)],
    ['signature-wrong', at => at.post('m1', body, `whsec_${Buffer.alloc(32, 3).toString('base64')}`)],
    ['signature-wrong', at => at.knock('/webhooks/market', `${body} `, at.signed('m1', body))],
    [
      'signature-wrong',
      at => at.knock('/webhooks/market', Buffer.from([0x22, 0xff, 0x22]), at.signed('m1', '"\ufffd"')),
    ],
    ['timestamp-out-of-range', at => at.post('m1', body, testSecret, at.clock.now() - 301_000)],
    ['timestamp-out-of-range', at => at.post('m1', body, testSecret, at.clock.now() + 301_000)],
    ['webhook-id-malformed', at => at.post('m.1', body)],
    ['source-unknown', at => at.knock('/webhooks/nobody', body, at.signed('m1', body))],
    ['body-too-large', at => at.post('m1', JSON.stringify('x'.repeat(300_000)))],
    [
      'media-type-unsupported',
      at => at.knock('/webhooks/market', body, { ...at.signed('m1', body), 'content-type': 'text/plain' }),
    ],
    [
      'media-type-unsupported',
      at =>
        at.knock('/webhooks/market', body, {
          ...at.signed('m1', body),
          'content-type': 'application/json; charset=latin1',
        }),
    ],
    [
      'media-type-unsupported',
      at => at.knock('/webhooks/market', body, { ...at.signed('m1', body), 'content-encoding': 'gzip' }),
    ],
    ['url-secret-wrong', at => at.knock('/webhooks/market/guess', body)],
    ['url-secret-wrong', at => at.knock('/webhooks/market/the%20secret%20of%20an%20addres', body)],
    ['source-unknown', at => at.knock('/webhooks/nobody/guess', body)],
  ])('%s is refused, counted and not kept', async (code, send) => {
    const at = door();
    expect((await send(at)).answer.code).toBe(code);
    expect(await at.inbox.list({})).toEqual([]);
    expect(at.received).toEqual([]);
    expect(at.counted).toEqual([`${code === 'source-unknown' ? 'unknown' : 'market'} ${code}`]);
  });

  it('a body of unknown length is cut off at the limit too', async () => {
    const { app, inbox, signed } = door();
    const text = JSON.stringify('x'.repeat(300_000));
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < text.length; at += 50_000)
          controller.enqueue(Buffer.from(text.slice(at, at + 50_000)));
        controller.close();
      },
    });
    const request = new Request('http://localhost/webhooks/market', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked', ...signed('m1', text) },
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect(((await (await app.request(request)).json()) as { code: string }).code).toBe('body-too-large');
    expect(await inbox.list({})).toEqual([]);
  });
});

describe('an address with its own secret', () => {
  const address = '/webhooks/market/the%20secret%20of%20an%20address';
  const body = JSON.stringify(payload());

  it('takes an unsigned message and knows it by its content', async () => {
    const { knock, inbox } = door();
    const first = await knock(address, body);
    expect(first.status).toBe(202);
    expect(await knock(address, body)).toEqual(first);
    expect(await inbox.list({})).toMatchObject([
      { via: 'url-secret', messageId: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
  });
  it('takes the id the sender gives', async () => {
    const { knock, inbox } = door();
    await knock(address, body, { 'webhook-id': 'm7' });
    expect(await inbox.list({})).toMatchObject([{ messageId: 'm7' }]);
    expect((await knock(address, body, { 'webhook-id': 'm 7' })).answer.code).toBe('webhook-id-malformed');
  });
});
