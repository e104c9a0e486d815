import { describe, expect, it } from 'vitest';
import { sha256 } from '#lib/digest.ts';
import { seededRandom } from '#lib/random.ts';
import { checkSecret, checkSecrets, checkWebhookSecret } from './secret.ts';

const random = seededRandom('secrets');
const draw = (count: number) => Buffer.from(random.bytes(count, 'test'));
const whsec = (key: Uint8Array) => `whsec_${Buffer.from(key).toString('base64')}`;

const names = [
  'GANGWAY_LINK_KEY',
  'BOATSETTER_SECRET',
  'BOATSETTER_SECRET_NEXT',
  'MANUAL_SECRET',
  'URL_SECRET',
];

const bad: Record<string, string | undefined> = {
  unset: undefined,
  empty: '',
  blank: ' \t\n'.repeat(20),
  short: draw(23).toString('base64url'),
  'a placeholder': 'please-change-me-this-is-the-secret-of-production',
  'the hash of nothing': sha256(''),
  repeated: 'a1B2c3D4'.repeat(8),
};

describe.each(names)('the secret %s', name => {
  it.each(Object.entries(bad))(
    'is refused when it is %s, naming the key and the cure but not the value',
    (_, value) => {
      const problem = checkSecret(name, value);
      expect(problem).toMatchObject({ key: name, message: expect.stringContaining(name) });
      expect(problem?.cure).toContain(name);
      if (value?.trim()) expect(JSON.stringify(problem)).not.toContain(value);
    },
  );

  it('is refused when another key has the same', () => {
    const value = draw(32).toString('hex');
    const problems = checkSecrets({ [name]: value, ANOTHER: draw(32).toString('hex'), TWIN: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ key: 'TWIN', message: `TWIN is the same secret as ${name}.` });
    expect(JSON.stringify(problems)).not.toContain(value);
  });
});

it.each([
  'changeme'.repeat(5),
  'CHANGEME-CHANGEME-CHANGEME-CHANGEME!',
  'testtesttesttesttesttesttesttest',
  'this-is-a-test-key-that-is-long-enough',
  'thisisatestkeythatislongenoughforyou',
  'my_super_secret_key_0a9f8b7c6d5e4f3a2b1c',
  '0123456789abcdef0123456789abcdef',
  '1234567890123456789012345678901234567890',
  'abcdefghijklmnopqrstuvwxyz0123456789',
  '0'.repeat(64),
  'ab'.repeat(40),
  'aaaabbbbaabbabababbbaabababbbaababab',
  sha256('\n'),
  'd41d8cd98f00b204e9800998ecf8427e',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'.toUpperCase(),
  '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
])('%s guards nothing', value => {
  expect(checkSecret('KEY', value)).not.toBeNull();
});

it('takes a secret with white space around it for a slip of copying', () => {
  expect(checkSecret('KEY', `${draw(32).toString('base64')}\n`)?.message).toBe(
    'KEY begins or ends with white space.',
  );
});

it('accepts 32 random bytes in every usual spelling', () => {
  for (let i = 0; i < 2_000; i++) {
    const key = draw(32);
    for (const value of [
      key.toString('hex'),
      key.toString('base64'),
      key.toString('base64url'),
      whsec(key),
    ]) {
      expect(checkSecret('KEY', value)).toBeNull();
    }
  }
});

it('reports every problem of a configuration at once', () => {
  expect(
    checkSecrets({ A: undefined, B: '', C: draw(32).toString('hex'), D: 'secret' }).map(p => p.key),
  ).toEqual(['A', 'B', 'D']);
});

it('knows a signing secret given bare under another name', () => {
  const secret = whsec(draw(32));
  expect(checkSecrets({ A: secret, B: secret.slice('whsec_'.length) }).map(p => p.key)).toEqual(['B']);
});

describe('a Standard Webhooks secret', () => {
  it.each([24, 32, 64])('may be %i random bytes', count => {
    expect(checkWebhookSecret('HOOK', whsec(draw(count)))).toBeNull();
  });

  it.each([
    ['empty', 'whsec_'],
    ['23 bytes', whsec(draw(23))],
    ['65 bytes', whsec(draw(65))],
    ['no base64', 'whsec_!!!!not~base64!!!!!!!!!!!!!!!!!!!!'],
    ['base64 of the other alphabet', `whsec_${Buffer.alloc(32, 0xfb).toString('base64url')}`],
    ['zeros', whsec(Buffer.alloc(32))],
    ['a word', whsec(Buffer.from('changeme-changeme-changeme-chang'))],
    ['without its prefix', draw(32).toString('base64')],
    ['unset', undefined],
  ])('is refused when it is %s', (_, value) => {
    expect(checkWebhookSecret('HOOK', value)).toMatchObject({
      key: 'HOOK',
      cure: expect.stringContaining('whsec_'),
    });
  });
});
