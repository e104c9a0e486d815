import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import { type AtDoor, doorRoutes } from './door.ts';
import { conflictRefused } from './inbox-refusals.ts';
import { testIntake } from './intake.fixture.ts';
import { webhookRoutes } from './routes.ts';
import { source, sources } from './sources.ts';
import { expected, fixture, signers, vendorSource } from './vendors/vendor.fixture.ts';

const market = source({ id: 'market', kind: 'json', urlSecrets: ['the secret of an address'] });

/** A door behind which this happens to whatever arrives. */
async function knocking(behind: () => never, path = '/in/market/secret') {
  const counted: object[] = [];
  const arrived: AtDoor[] = [];
  const routes = doorRoutes({
    path: '/in',
    sources: sources([market]),
    answering: answer => answer(),
    kindOnly: (_, next) => next(),
    mostBytes: 100,
    tooLarge: () => {
      throw new Refusal('body-too-large', 'Too large.', 'Send less.');
    },
    receive: async at => {
      arrived.push(at);
      return behind();
    },
    count: labels => void counted.push(labels),
    onReceived: () => {},
  });
  const app = new Hono().route('/', routes).onError((_, c) => c.text('', 500));
  await app.request(path, { method: 'POST', body: '{}', headers: { 'x-one': '1' } });
  return { counted, arrived };
}

it.each<[string, Error, string]>([
  ['a refusal by its code', new Refusal('signature-wrong', 'No.', 'Sign it.'), 'signature-wrong'],
  ['a full disk by its code', new Unavailable('disk-full', 'Full.'), 'disk-full'],
  ['a fault of our own as a defect', new TypeError('a defect'), 'defect'],
])('what comes to the door in vain is counted: %s', async (_, error, outcome) => {
  const { counted } = await knocking(() => {
    throw error;
  });
  expect(counted).toEqual([{ source: 'market', outcome }]);
});

it('what arrives has its source, its secret and all of its headers', async () => {
  const refused = () => {
    throw new Refusal('source-unknown', 'No.', 'Check it.');
  };
  const { arrived } = await knocking(refused);
  expect(arrived).toMatchObject([{ source: 'market', secret: 'secret' }]);
  expect(arrived[0]?.headers()).toMatchObject({ 'x-one': '1' });
  expect((await knocking(refused, '/in/market')).arrived).toMatchObject([{ source: 'market', secret: null }]);
});

it('a marketplace that signs its headers is known by them, and counted as a webhook', async () => {
  const { inbox, clock } = testIntake();
  const counted: string[] = [];
  const known = vendorSource(expected('bokun'), true);
  const routes = webhookRoutes({
    sources: sources([known]),
    answering: answer => answer(),
    inbox,
    clock,
    count: (name, labels) => void counted.push(`${name} ${labels.source} ${labels.outcome}`),
    onReceived: () => {},
  });
  const body = fixture('bokun', 'notice.json');
  const headers = signers.bokun?.(body, expected('bokun').signedWith ?? '', clock.now()) ?? {};
  const response = await routes.request('/webhooks/market', {
    method: 'POST',
    body: new Uint8Array(body),
    headers: { ...headers, 'content-type': 'application/json' },
  });
  expect(response.status).toBe(202);
  expect(counted).toEqual(['webhooks market received']);
});

it('a marketplace that may send JSON, XML or a form may send each of them', async () => {
  const { inbox, clock } = testIntake();
  const known = source({
    id: 'market',
    kind: 'checkfront',
    times: 'instant',
    urlSecrets: ['the secret of it'],
  });
  const routes = webhookRoutes({
    sources: sources([known]),
    answering: answer => answer(),
    inbox,
    clock,
    count: () => {},
    onReceived: () => {},
  });
  const send = async (type: string, body: string) =>
    (
      await routes.request('/webhooks/market/the%20secret%20of%20it', {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      })
    ).status;
  expect(await send('application/json', '{"a":1}')).toBe(202);
  expect(await send('text/xml', '<a>1</a>')).toBe(202);
  expect(await send('application/x-www-form-urlencoded', 'a=1')).toBe(202);
});

it('a second body under a used id is refused with the delivery that has it', async () => {
  const { deliver } = testIntake();
  const delivery = await deliver('{}');
  expect(conflictRefused(delivery)).toMatchObject({ data: { delivery: delivery.id } });
});
