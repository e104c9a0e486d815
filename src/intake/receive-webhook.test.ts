import { describe, expect, it } from 'vitest';
import { sha256 } from '#lib/digest.ts';
import { testIntake } from './intake.fixture.ts';
import { receiveWebhook } from './receive-webhook.ts';
import { source, sources } from './sources.ts';

const secret = 'pass:word of an address, long enough';
const body = Buffer.from('{"type":"booking.cancelled"}');
const mapping = {
  id: 'id',
  state: { at: 'type', words: {} },
  vessel: 'boat',
  start: 'start',
  guest: { name: 'name' },
};

/** A source that cannot sign; `timed`: its messages say when they were made. */
function door(timed = false) {
  const { inbox, clock } = testIntake();
  const declared = source({
    id: 'market',
    kind: 'json',
    urlSecrets: [secret],
    mapping: { ...mapping, ...(timed && { version: 'n' }) } as never,
  });
  const at = { sources: sources([declared]), inbox, clock };
  const knock = (headers: Record<string, string>, of: string | null = null, sent: Uint8Array = body) =>
    receiveWebhook(at, {
      source: 'market',
      secret: of,
      header: name => headers[name] ?? null,
      headers: () => headers,
      body: sent,
    });
  return { knock, clock, inbox };
}

const basic = (user: string, password: string, scheme = 'Basic ') => ({
  authorization: `${scheme}${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

describe('a marketplace that cannot sign', () => {
  it.each([
    ['the secret of its address', {}, secret],
    ['a password, colons and all', basic('market', secret), null],
    ['a password without a name', basic('', secret), null],
    ['a password behind more blanks, in small letters', basic('market', secret, 'basic   '), null],
  ])('is known by %s', async (_, headers, of) => {
    expect(await door().knock(headers, of)).toMatchObject({
      kind: 'received',
      delivery: { via: 'url-secret' },
    });
  });

  it.each([
    ['nothing', {}],
    ['its name alone', basic(secret, '')],
    ['a password where something stands before the scheme', basic('market', secret, 'xBasic ')],
    ['a password of another scheme', basic('market', secret, 'Bearer ')],
    ['a password with something behind it', { authorization: `${basic('market', secret).authorization} x` }],
    ['what is no base64', { authorization: `Basic ${'*'.repeat(40)}` }],
  ])('is not known by %s', async (_, headers) => {
    await expect(door().knock(headers)).rejects.toMatchObject({ code: 'url-secret-wrong' });
  });
});

describe('a message without a name', () => {
  it('is called by its bytes where it says when it was made: sent again it is the same', async () => {
    const { knock, clock } = door(true);
    const { delivery } = await knock({}, secret);
    expect(delivery.messageId).toBe(sha256(body));
    clock.advance(1000);
    expect(await knock({}, secret)).toMatchObject({ kind: 'duplicate', delivery: { id: delivery.id } });
  });

  it('is called by its arrival too where it only says how things are now', async () => {
    const { knock, clock } = door();
    const first = await knock({}, secret);
    expect(first.delivery.messageId).toBe(`${sha256(body).slice(0, 40)}@${clock.now()}`);
    clock.advance(1000);
    expect((await knock({}, secret)).kind).toBe('received');
  });

  it('is called as its header says where there is one', async () => {
    const { delivery } = await door().knock({ 'webhook-id': 'msg_1' }, secret);
    expect(delivery.messageId).toBe('msg_1');
    await expect(door().knock({ 'webhook-id': 'a b' }, secret)).rejects.toMatchObject({
      code: 'webhook-id-malformed',
    });
  });
});

it('what cannot be opened is kept for a person, and refused with the name it is kept under', async () => {
  const { knock, inbox } = door();
  const refused = await knock({ 'webhook-id': 'm' }, secret, Buffer.from('{')).catch(
    (error: unknown) => error,
  );
  const [kept] = await inbox.list({ limit: 9 });
  expect(kept).toMatchObject({ state: 'quarantined', messageId: 'm' });
  expect(refused).toMatchObject({ data: { delivery: kept?.id } });
});
