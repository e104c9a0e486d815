import { describe, expect, it } from 'vitest';
import { testIntake, testSecret } from '#intake/intake.fixture.ts';
import { receiveWebhook } from '#intake/receive-webhook.ts';
import { source, sources } from '#intake/sources.ts';
import { Refusal } from '#lib/refusal.ts';
import {
  addressSecret,
  expected,
  fixture,
  headersOnly,
  signers,
  timedKinds,
  vendorAddress,
  vendorFolders,
  vendorSource,
} from './vendor.fixture.ts';

const own = {
  kind: 'boatsetter',
  signature: null,
  secret: testSecret,
  body: Buffer.from('{"type":"booking.cancelled"}'),
} as const;
const signing = [
  own,
  ...vendorFolders.flatMap(folder => {
    const { source: declared, signedWith, stories } = expected(folder);
    const file = stories[0]?.steps[0]?.file;
    return signedWith && file
      ? [
          {
            kind: declared.kind,
            signature: declared.signature ?? null,
            secret: signedWith,
            body: fixture(folder, file),
          },
        ]
      : [];
  }),
];
const unsigned = vendorFolders.filter(folder => expected(folder).signedWith === undefined);

type Sent = { body: Buffer; headers: Record<string, string>; secret?: string | null };

function door(known: ReturnType<typeof source>) {
  const { inbox, clock } = testIntake();
  const at = { sources: sources([known]), inbox, clock };
  const send = async ({ body, headers, secret = null }: Sent) => {
    const header = (name: string) => headers[name] ?? null;
    try {
      const { kind } = await receiveWebhook(at, {
        source: 'market',
        secret,
        header,
        headers: () => headers,
        body,
      });
      return kind;
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  };
  return { send, clock, inbox };
}

describe.each(signing)('a webhook of $kind', ({ kind, signature, secret, body }) => {
  const sign = (now: number, with_ = secret, of: Buffer = body) => signers[kind]?.(of, with_, now) ?? {};
  const open = () =>
    door(
      source({
        id: 'market',
        kind,
        times: 'local',
        signature,
        secrets: ['another secret of theirs, long enough', secret].filter(
          one => kind !== 'boatsetter' || one === secret,
        ),
        address: vendorAddress,
      }),
    );

  it('is taken as its vendor signs it, with either of two secrets, and known when it comes again', async () => {
    const { send, clock } = open();
    const headers = sign(clock.now());
    expect(await send({ body, headers })).toBe('received');
    expect(await send({ body, headers })).toBe('duplicate');
  });

  it('is refused unsigned, with another secret, and with a signature of something else', async () => {
    const { send, clock, inbox } = open();
    const headers = sign(clock.now());
    const other =
      kind === 'boatsetter' ? `whsec_${Buffer.alloc(32, 5).toString('base64')}` : 'a secret of somebody else';
    expect(await send({ body, headers: {} })).toBe('signature-missing');
    expect(await send({ body, headers: sign(clock.now(), other) })).toBe('signature-wrong');
    for (const [name, value] of Object.entries(headers)) {
      if (!/signature|hmac/i.test(name)) continue;
      for (const spoilt of [
        `${value}0`,
        value.slice(0, -2),
        value.replace(/[0-9a-f](?=[^0-9a-f]*$)/i, c => (c === '0' ? '1' : '0')),
        'x',
        ' ',
      ])
        expect(await send({ body, headers: { ...headers, [name]: spoilt } }), spoilt).toMatch(/^signature-/);
    }
    expect(await inbox.list({})).toEqual([]);
  });

  if (!headersOnly.includes(kind))
    it('is refused when one byte of it changed', async () => {
      const { send, clock } = open();
      const headers = sign(clock.now());
      for (let at = 0; at < body.length; at += 7) {
        const spoilt = Buffer.from(body);
        spoilt[at] = (spoilt[at] ?? 0) ^ 1;
        expect(await send({ body: spoilt, headers })).toBe('signature-wrong');
      }
    });

  if (timedKinds.includes(kind))
    it('is refused late and early', async () => {
      const { send, clock } = open();
      for (const offBy of [-3_600_000, -301_000, 301_000, 3_600_000])
        expect(await send({ body, headers: sign(clock.now() + offBy) })).toBe('timestamp-out-of-range');
    });
});

describe.each(unsigned)('a webhook of %s, which cannot sign', folder => {
  const [first] = expected(folder).stories;
  const body = fixture(folder, first?.steps[0]?.file ?? '');
  const basic = (password: string) => ({
    authorization: `Basic ${Buffer.from(`gangway:${password}`).toString('base64')}`,
  });

  it('is taken by the address that is a secret, or with that secret as its password', async () => {
    const { send, inbox } = door(vendorSource(expected(folder)));
    expect(await send({ body, headers: {}, secret: addressSecret })).toBe('received');
    await send({ body, headers: basic(addressSecret) });
    expect((await inbox.list({})).every(({ via }) => via === 'url-secret')).toBe(true);
  });
  it('is refused by any other address or password', async () => {
    const { send, inbox } = door(vendorSource(expected(folder)));
    for (const secret of ['', 'guess', addressSecret.toLowerCase(), `${addressSecret} `])
      expect(await send({ body, headers: {}, secret })).toBe('url-secret-wrong');
    for (const headers of [
      {},
      basic(''),
      basic('guess'),
      { authorization: 'Basic ???' },
      { authorization: `Bearer ${addressSecret}` },
    ])
      expect(await send({ body, headers })).toBe('url-secret-wrong');
    expect(await inbox.list({})).toEqual([]);
  });
});
