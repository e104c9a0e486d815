import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import { verifyUrlSecret, verifyWebhook, webhookKey } from './verify-webhook.ts';

const vector = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: '1614265330',
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const other = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const clock = settableClock(Number(vector.timestamp) * 1000);

type Parts = {
  id: string | null;
  timestamp: string | null;
  signature: string | null;
  body: string | Uint8Array;
};
const genuine: Parts = vector;

function verify(change: Partial<Parts> = {}, secrets = [vector.secret]): string {
  const { id, timestamp, signature, body } = { ...genuine, ...change };
  const headers = new Map([
    ['webhook-id', id],
    ['webhook-timestamp', timestamp],
    ['webhook-signature', signature],
  ]);
  const request = { header: (name: string) => headers.get(name) ?? null, body: Buffer.from(body) };
  return verifyWebhook(request, secrets.map(webhookKey), clock);
}

const codeOf = (work: () => unknown): string => {
  try {
    return `accepted ${work()}`;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};
const code = (change: Partial<Parts>, secrets?: string[]) => codeOf(() => verify(change, secrets));
const at = (seconds: number) => String(Number(vector.timestamp) + seconds);
const signed = (id: string, timestamp: string, body: string, secret = vector.secret) =>
  new Webhook(secret).sign(id, new Date(Number(timestamp) * 1000), body);

describe("the library's own cases", () => {
  it('an empty key is none', () => {
    expect(codeOf(() => webhookKey('whsec_'))).toBe('webhook-secret-malformed');
    expect(codeOf(() => webhookKey(''))).toBe('webhook-secret-malformed');
  });
  it.each<[string, Partial<Parts>]>([
    ['signature-missing', { id: null }],
    ['signature-missing', { timestamp: null }],
    ['signature-missing', { signature: null }],
    ['timestamp-out-of-range', { timestamp: 'hello' }],
    ['signature-wrong', { signature: 'v1,dawfeoifkpqwoekfpqoekf' }],
    ['signature-wrong', { signature: vector.signature.slice(0, 8) }],
    ['signature-wrong', { signature: 'v1,' }],
    ['timestamp-out-of-range', { timestamp: at(-301) }],
    ['timestamp-out-of-range', { timestamp: at(301) }],
  ])('%s: %j', (expected, change) => {
    expect(code(change)).toBe(expected);
  });
  it('the published vector is accepted', () => {
    expect(verify()).toBe(vector.id);
  });
  it('what the library signs is accepted, at either end of five minutes', () => {
    for (const timestamp of [at(0), at(-300), at(300)]) {
      expect(verify({ timestamp, signature: signed(vector.id, timestamp, vector.body) })).toBe(vector.id);
    }
  });
  it('one good signature among several is enough', () => {
    const bad = 'v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=';
    const signature = `${bad} v2,${vector.signature.slice(3)} ${vector.signature} v1a,aGVsbG8=`;
    expect(verify({ signature })).toBe(vector.id);
    expect(code({ signature: `${bad} v2,${vector.signature.slice(3)}` })).toBe('signature-wrong');
  });
  it('a key of no length proves nothing, though a signature could be made with it', () => {
    const header = (name: string) =>
      ({
        'webhook-id': 'm',
        'webhook-timestamp': vector.timestamp,
        'webhook-signature': `v1,${createHmac('sha256', '').update(`m.${vector.timestamp}.{}`).digest('base64')}`,
      })[name] ?? null;
    const request = { header, body: Buffer.from('{}') };
    expect(codeOf(() => verifyWebhook(request, [{ bytes: new Uint8Array() }], clock))).toBe(
      'signature-wrong',
    );
  });
  it('a key may have 24 to 64 bytes, behind whsec_', () => {
    const base64 = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64');
    for (const bytes of [24, 64]) expect(webhookKey(`whsec_${base64(bytes)}`).bytes).toHaveLength(bytes);
    for (const bytes of [23, 65]) {
      expect(codeOf(() => webhookKey(`whsec_${base64(bytes)}`))).toBe('webhook-secret-malformed');
    }
    expect(codeOf(() => webhookKey(`secret${base64(32)}`))).toBe('webhook-secret-malformed');
  });
  it('what is too old says how old it may be', () => {
    expect(() => verify({ timestamp: at(-301) })).toThrow(
      expect.objectContaining({ data: { tolerance_seconds: 300 } }),
    );
  });
  it('an empty body can be signed', () => {
    expect(verify({ body: '', signature: signed(vector.id, vector.timestamp, '') })).toBe(vector.id);
  });
});

describe('stricter than the library', () => {
  it.each<[string, Partial<Parts>]>([
    ['timestamp-out-of-range', { timestamp: `${vector.timestamp}abc` }],
    ['timestamp-out-of-range', { timestamp: `${vector.timestamp}.9` }],
    ['timestamp-out-of-range', { timestamp: ` ${vector.timestamp}` }],
    ['timestamp-out-of-range', { timestamp: '161426533012' }],
    ['timestamp-out-of-range', { timestamp: '-1' }],
    ['webhook-id-malformed', { id: `${vector.id}.1` }],
    ['webhook-id-malformed', { id: 'x'.repeat(65) }],
    ['webhook-id-malformed', { id: `${vector.id}, ${vector.id}` }],
    ['webhook-id-malformed', { id: `${vector.id}\n` }],
    ['signature-wrong', { signature: `${vector.signature}, ${vector.signature}` }],
    ['signature-wrong', { signature: `${vector.signature}  ` }],
    ['signature-wrong', { signature: Array(11).fill(vector.signature).join(' ') }],
    ['signature-wrong', { signature: vector.signature.replace('OE=', 'OF=') }],
  ])('%s: %j', (expected, change) => {
    expect(code(change)).toBe(expected);
  });
  it('a stray byte does not pass under the signature of the character it would be read as', () => {
    const signature = signed(vector.id, vector.timestamp, '"\ufffd"');
    expect(verify({ signature, body: '"\ufffd"' })).toBe(vector.id);
    expect(code({ signature, body: Buffer.from([0x22, 0xff, 0x22]) })).toBe('signature-wrong');
  });
  it('either of two keys counts while rotating, and no key accepts nothing', () => {
    expect(verify({}, [other, vector.secret])).toBe(vector.id);
    expect(verify({}, [vector.secret, other])).toBe(vector.id);
    expect(code({}, [other])).toBe('signature-wrong');
    expect(code({}, [])).toBe('signature-wrong');
  });
  it('a key that came in by another way is held to its length again', () => {
    const short = { bytes: new Uint8Array(0) };
    const request = {
      header: (name: string) =>
        ({
          'webhook-id': vector.id,
          'webhook-timestamp': vector.timestamp,
          'webhook-signature': vector.signature,
        })[name] ?? null,
      body: Buffer.from(vector.body),
    };
    expect(codeOf(() => verifyWebhook(request, [short], clock))).toBe('signature-wrong');
  });
  it.each([
    'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'whsec_c2hvcnQ=',
    `whsec_${Buffer.alloc(65).toString('base64')}`,
    'whsec_not base64!',
    `${vector.secret}=`,
  ])('%s is no secret', secret => {
    expect(codeOf(() => webhookKey(secret))).toBe('webhook-secret-malformed');
  });
});

it('of 20,000 messages with something changed none is accepted', () => {
  const position = fc.nat({ max: 1_000 });
  const character = fc.string({ minLength: 1, maxLength: 2 });
  const spliced = (text: string) =>
    fc.tuple(position, fc.nat(2), fc.option(character, { nil: '' })).map(([where, cut, piece]) => {
      const place = where % (text.length + 1);
      return text.slice(0, place) + piece + text.slice(place + cut);
    });
  const byteChanged = fc.tuple(position, fc.integer({ min: 1, max: 255 })).map(([where, bits]) => {
    const bytes = Buffer.from(vector.body);
    const place = where % bytes.length;
    bytes[place] = (bytes[place] ?? 0) ^ bits;
    return bytes;
  });
  const mutation = fc.oneof(
    spliced(vector.id).map((id): Partial<Parts> => ({ id })),
    spliced(vector.timestamp).map((timestamp): Partial<Parts> => ({ timestamp })),
    fc.integer({ min: -400, max: 400 }).map((n): Partial<Parts> => ({ timestamp: at(n) })),
    spliced(vector.body).map((body): Partial<Parts> => ({ body })),
    byteChanged.map((body): Partial<Parts> => ({ body })),
    spliced(vector.signature).map((signature): Partial<Parts> => ({ signature })),
    fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((mac): Partial<Parts> => ({ signature: `v1,${Buffer.from(mac).toString('base64')}` })),
    fc.constantFrom<Partial<Parts>>({ id: '' }, { timestamp: '' }, { signature: '' }, { body: '' }),
  );
  const differs = (change: Partial<Parts>) =>
    Object.entries(change).some(
      ([key, value]) => !Buffer.from(value ?? '').equals(Buffer.from(genuine[key as keyof Parts] ?? '')),
    );
  fc.assert(
    fc.property(mutation.filter(differs), change => !code(change).startsWith('accepted')),
    { numRuns: 20_000 },
  );
});

describe('an address with a secret', () => {
  const hashes = [sha256('first secret of an address'), sha256('second secret of an address')];
  it('opens with any secret that is valid', () => {
    expect(() => verifyUrlSecret('second secret of an address', hashes)).not.toThrow();
  });
  it.each(['', 'first secret of an addres', 'FIRST SECRET OF AN ADDRESS', hashes[0] ?? ''])(
    'stays shut for “%s”',
    secret => {
      expect(codeOf(() => verifyUrlSecret(secret, hashes))).toBe('url-secret-wrong');
      expect(codeOf(() => verifyUrlSecret(secret, [sha256(''), '', 'abc']))).toBe('url-secret-wrong');
    },
  );
});
