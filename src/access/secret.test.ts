import { describe, expect, it } from 'vitest';
import { sha256 } from '#lib/digest.ts';
import { seededRandom } from '#lib/random.ts';
import { checkSecret, checkSecrets, checkSharedSecret, checkWebhookSecret } from './secret.ts';

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

describe('the reason', () => {
  const mixed = 'Kx9Qm3vTz8RbW2nLp6YdFh4JsGc7UeXa';

  it.each([
    [undefined, 'is not set'],
    ['', 'is empty'],
    [' \t ', 'is blank'],
    [` ${mixed}`, 'begins or ends with white space'],
    [mixed.slice(1), 'is too short: 31 bytes, at least 32 are needed'],
    [sha256(''), 'is the hash of an empty value'],
    [sha256(' ').toUpperCase(), 'is the hash of an empty value'],
    ['47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', 'is the hash of an empty value'],
    [`${mixed}${mixed}`, 'repeats itself'],
    [
      'AbCdEfGGfEdCbAAbbCCddEEffGGAcEgBdF'.replace(/[a-z]/g, each => each.toUpperCase()),
      'has too few different characters',
    ],
    ['0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'is a sequence'],
    ['ZYXWVUTSRQPONMLKJIHGFEDCBA9876543210', 'is a sequence'],
    [`Kx9-test-${mixed}`, 'is a placeholder, not a secret'],
    [`${mixed}--TEST`, 'is a placeholder, not a secret'],
    ['THE-BOAT-HAS-NO-LOCK-BUT-WE-HAVE-A-KEY', 'is a placeholder, not a secret'],
    ['the-boat-has-no-lock-but-we-have-a-key', 'is a placeholder, not a secret'],
    [`${mixed}Password9`, 'is a placeholder, not a secret'],
    ['whsec_', 'holds no key after whsec_'],
    ['whsec_!!!!', 'is not base64 after whsec_'],
    [whsec(draw(23)), 'is too short: 23 bytes after whsec_, at least 24 are needed'],
    [whsec(draw(65)), 'is too long: 65 bytes after whsec_, at most 64 are allowed'],
  ])('why %j guards nothing is that it %s', (value, reason) => {
    expect(checkSecret('KEY', value)?.message).toBe(`KEY ${reason}.`);
  });

  it.each([
    ['nothing but its length of 32 bytes', mixed],
    ['a short word inside of it', `Kx9test${mixed}`],
    ['a short word in letters of both sizes', 'QwhKeyTbnPlfRzsVmXjUdGcoYEaHiWtFBr'],
    ['eight different characters', 'AEEIMQUY2AEIMQUY2YQ2MAIEUUAQYIE2MQA'],
  ])('is none for %s', (_what, value) => {
    expect(checkSecret('KEY', value)).toBeNull();
  });

  it('is a sequence where more than six in ten stand beside their neighbour, up or down', () => {
    // Steps of one, then leaps that never come back to a neighbour.
    const withNeighbours = (count: number) => {
      let text = 'A';
      for (let n = 1; n <= 35; n++) {
        const last = text.charCodeAt(n - 1);
        const step = n <= count ? (n % 2 === 0 ? 1 : n % 3 === 0 ? 0 : 1) : n % 2 === 0 ? 7 : -5;
        text += String.fromCharCode(last + step);
      }
      return text;
    };
    expect(checkSecret('KEY', withNeighbours(21))?.message ?? 'fine').not.toContain('sequence');
    expect(checkSecret('KEY', withNeighbours(22))?.message).toBe('KEY is a sequence.');
  });

  it('comes with a cure that fits: make one, ask the sender for theirs, or give each its own', () => {
    expect(checkSecret('KEY', '')?.cure).toBe(
      'Set KEY to 32 random bytes or more, for example what this prints: openssl rand -base64 32.',
    );
    expect(checkWebhookSecret('HOOK', mixed)?.message).toBe('HOOK does not start with whsec_.');
    expect(checkSecrets({ A: mixed, B: mixed })[0]?.cure).toBe(
      'Give each its own: set B to 32 random bytes or more, for example what this prints: openssl rand -base64 32.',
    );
  });

  it('allows a secret that a marketplace made to be sixteen bytes, and no fewer', () => {
    expect(checkSharedSecret('SHARED', mixed.slice(0, 16))).toBeNull();
    expect(checkSharedSecret('SHARED', mixed.slice(0, 15))).toMatchObject({
      key: 'SHARED',
      message: 'SHARED is too short: 15 bytes, at least 16 are needed.',
      cure: expect.stringMatching(/^Set SHARED to the signing secret the marketplace shows/),
    });
    expect(checkSharedSecret('SHARED', undefined)?.message).toBe('SHARED is not set.');
  });
});
