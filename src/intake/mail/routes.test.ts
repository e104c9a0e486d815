import { Hono } from 'hono';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { testIntake, testSecret } from '#intake/intake.fixture.ts';
import { source, sources } from '#intake/sources.ts';
import type { Refusal } from '#lib/refusal.ts';
import { mailSourceOf, sampleMail } from './mail.fixture.ts';
import { mailLimits } from './opened-mail.ts';
import { mailRoutes } from './routes.ts';

const mail = sampleMail('boatsetter-new');
const urlSecret = 'the secret of an address, long enough';

function door() {
  const { inbox, clock } = testIntake();
  const { mail: takesMail } = mailSourceOf('boatsetter');
  const proofs = { times: 'local', secrets: [testSecret], urlSecrets: [urlSecret] } as const;
  const counted: string[] = [];
  const received: string[] = [];
  const routes = mailRoutes({
    sources: sources([
      source({ id: 'market', kind: 'boatsetter', ...proofs, ...(takesMail ? { mail: takesMail } : {}) }),
      source({ id: 'hooks', kind: 'boatsetter', ...proofs }),
    ]),
    inbox,
    clock,
    count: (name, labels) => counted.push(`${name} ${labels.source} ${labels.outcome}`),
    answering: answer => answer(),
    onReceived: id => received.push(id),
  });
  const app = new Hono().route('/', routes);
  app.onError((error, c) => c.json({ code: (error as Refusal).code, data: (error as Refusal).data }, 400));
  const knock = async (path: string, headers: Record<string, string> = {}, body: Uint8Array = mail) => {
    const answer = await app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'message/rfc822', ...headers },
      body: new Uint8Array(body),
    });
    return { status: answer.status, ...((await answer.json()) as { code?: string; data?: object }) };
  };
  const signed = (body: Uint8Array = mail) => ({
    'webhook-id': 'm1',
    'webhook-timestamp': String(clock.now() / 1000),
    'webhook-signature': new Webhook(testSecret).sign(
      'm1',
      new Date(clock.now()),
      Buffer.from(body).toString(),
    ),
  });
  return { inbox, counted, received, knock, signed };
}

describe('the door for mails', () => {
  it('takes one that is signed, under the name of its bytes', async () => {
    const { inbox, counted, received, knock, signed } = door();
    expect(await knock('/inbound/mail/market', signed())).toMatchObject({ status: 202 });
    expect(await knock('/inbound/mail/market', signed())).toMatchObject({ status: 202 });
    expect(await inbox.list({})).toMatchObject([
      {
        source: 'market',
        via: 'signed',
        messageId: expect.stringMatching(/^[0-9a-f]{64}$/),
        headers: { 'content-type': 'message/rfc822' },
        vouched: null,
      },
    ]);
    expect(counted).toEqual(['mails market received', 'mails market duplicate']);
    expect(received).toHaveLength(1);
  });

  it('takes one at the address that is a secret', async () => {
    const { inbox, knock } = door();
    expect(await knock(`/inbound/mail/market/${encodeURIComponent(urlSecret)}`)).toMatchObject({
      status: 202,
    });
    expect(await inbox.list({})).toMatchObject([{ via: 'url-secret' }]);
    expect(await knock('/inbound/mail/market/another')).toMatchObject({ status: 400 });
  });

  it.each<[string, string, string]>([
    ['nobody signed', 'market', 'signature-missing'],
    ['nobody knows the source of', 'nobody', 'source-unknown'],
    ['is for a source that takes no mail', 'hooks', 'mail-not-taken'],
  ])('takes none that %s', async (_, to, code) => {
    const { inbox, knock } = door();
    expect(await knock(`/inbound/mail/${to}`)).toMatchObject({ code });
    expect(await inbox.list({})).toEqual([]);
  });

  it.each(['message/rfc822', 'Message/RFC822; charset=utf-8', 'application/octet-stream ; x=y'])(
    'takes raw mails as %s',
    async type => {
      const { knock, signed } = door();
      expect(await knock('/inbound/mail/market', { ...signed(), 'content-type': type })).toMatchObject({
        status: 202,
      });
    },
  );

  it.each<[string, Record<string, string>]>([
    ['of another type', { 'content-type': 'application/json' }],
    ['of a type with more to it', { 'content-type': 'message/rfc822x' }],
    ['of a type within another', { 'content-type': 'x-message/rfc822' }],
    ['of no type', { 'content-type': '' }],
    ['that is compressed', { 'content-encoding': 'gzip' }],
  ])('takes nothing %s', async (_, headers) => {
    const { knock, signed } = door();
    expect(await knock('/inbound/mail/market', { ...signed(), ...headers })).toMatchObject({
      code: 'media-type-unsupported',
    });
  });

  it('takes none that is too large, and says how large it may be', async () => {
    const { knock } = door();
    expect(await knock('/inbound/mail/market', {}, Buffer.alloc(mailLimits.bytes + 1, 'x'))).toMatchObject({
      code: 'mail-too-large',
      data: { limit: mailLimits.bytes },
    });
  });
});
