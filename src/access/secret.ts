import { createHash } from 'node:crypto';

/** What is wrong with a setting that guards something. Names the key and the cure, never the value. */
export type Problem = {
  readonly key: string;
  readonly message: string;
  readonly cure: string;
};

/**
 * Whether a secret may guard anything. Refused: unset, empty, blank, shorter than 32 bytes, placeholder words,
 * repetitions, sequences, low variety, the digest of nothing. A `whsec_` secret is judged as `checkWebhookSecret` does.
 */
export function checkSecret(name: string, value: string | undefined): Problem | null {
  if (value?.startsWith(webhookPrefix)) return checkWebhookSecret(name, value);
  const fault = absence(value) ?? weakness(value ?? '', 32);
  return fault ? { key: name, message: `${name} ${fault}.`, cure: `Set ${name} to ${makeKey}.` } : null;
}

/**
 * Whether a secret that somebody else's program made may guard anything: by the same rules, but for its length, which is
 * theirs to choose. 16 bytes at least.
 */
export function checkSharedSecret(name: string, value: string | undefined): Problem | null {
  const fault = absence(value) ?? weakness(value ?? '', 16);
  return fault
    ? {
        key: name,
        message: `${name} ${fault}.`,
        cure: `Set ${name} to the signing secret the marketplace shows for its webhook; where you choose it yourself, to ${makeKey}.`,
      }
    : null;
}

/** Whether a Standard Webhooks signing secret is one: `whsec_` and the base64 of 24 to 64 bytes that nobody can guess. */
export function checkWebhookSecret(name: string, value: string | undefined): Problem | null {
  const fault = absence(value) ?? webhookFault(value ?? '');
  return fault
    ? {
        key: name,
        message: `${name} ${fault}.`,
        cure: `Set ${name} to the signing secret the sender shows you, or give the sender one that you make with: echo "whsec_$(openssl rand -base64 32)"`,
      }
    : null;
}

/** Every problem of a set of secrets at once, also the same secret under two names. An empty list means all is well. */
export function checkSecrets(secrets: Readonly<Record<string, string | undefined>>): Problem[] {
  const holders = new Map<string, string>();
  return Object.entries(secrets).flatMap(([name, value]) => {
    const problem = checkSecret(name, value);
    if (problem) return [problem];
    const material = (value ?? '').replace(webhookPrefix, '');
    const holder = holders.get(material);
    if (holder === undefined) {
      holders.set(material, name);
      return [];
    }
    return [
      {
        key: name,
        message: `${name} is the same secret as ${holder}.`,
        cure: `Give each its own: set ${name} to ${makeKey}.`,
      },
    ];
  });
}

const webhookPrefix = 'whsec_';
const makeKey = '32 random bytes or more, for example what this prints: openssl rand -base64 32';

/** Why a value is as good as none, or null. */
export function absence(value: string | undefined): string | null {
  if (value === undefined) return 'is not set';
  if (value === '') return 'is empty';
  if (value.trim() === '') return 'is blank';
  if (value.trim() !== value) return 'begins or ends with white space';
  return null;
}

/** Whether text is one piece said again and again, like `abcabcab`: its smallest period is at most half of it. */
export function repeats(text: string): boolean {
  for (let period = 1; period <= text.length / 2; period++) {
    if (text.startsWith(text.slice(period))) return true;
  }
  return false;
}

/** Values that people leave in place of a secret. Also what a careless hash is the hash of. */
export const placeholders: readonly string[] = [
  ...['changeme', 'change-me', 'change_me', 'secret', 'password', 'passw0rd', 'placeholder', 'example'],
  ...['default', 'insecure', 'letmein', 'qwerty', 'replace', 'undefined', '12345678', 'correct horse'],
  ...[
    'test',
    'demo',
    'dummy',
    'sample',
    'todo',
    'fixme',
    'admin',
    'token',
    'null',
    'none',
    'xxx',
    'abc',
    'dev',
  ],
  ...[
    'your',
    'key',
    'foo',
    'bar',
    'asdf',
    'service-key',
    'dashboard-token',
    'gangway',
    '123',
    '1234',
    '12345',
  ],
];
// Random base64 contains a long word in less than one secret of a million, but a short one now and then: so that
// short ones count only where they stand alone, and the shortest only in a secret made of words.
const long = placeholders.filter(word => word.length >= 6);
const alone = placeholders.filter(word => word.length >= 4);

function weakness(value: string, shortestBytes: number): string | null {
  const bytes = Buffer.byteLength(value);
  if (bytes < shortestBytes) return `is too short: ${bytes} bytes, at least ${shortestBytes} are needed`;
  const lower = value.toLowerCase();
  if (digestsOfNothing.has(lower) || digestsOfNothing.has(value)) return 'is the hash of an empty value';
  if (repeats(value)) return 'repeats itself';
  if (new Set(value).size < 8) return 'has too few different characters';
  if (runsOn(value)) return 'is a sequence';
  const words = lower.split(/[^a-z0-9]+/);
  const onlyWords = /^[a-z\W_]+$/.test(lower) && (value === lower || value === value.toUpperCase());
  const placeholder =
    (onlyWords ? placeholders : long).some(word => lower.includes(word)) ||
    alone.some(word => words.includes(word));
  return placeholder ? 'is a placeholder, not a secret' : null;
}

/** Mostly neighbours in the alphabet: `0123456789abcdef…`. */
function runsOn(value: string): boolean {
  let neighbours = 0;
  for (let i = 1; i < value.length; i++) {
    if (Math.abs(value.charCodeAt(i) - value.charCodeAt(i - 1)) <= 1) neighbours++;
  }
  return neighbours > (value.length - 1) * 0.6;
}

function webhookFault(value: string): string | null {
  if (!value.startsWith(webhookPrefix)) return 'does not start with whsec_';
  const encoded = value.slice(webhookPrefix.length);
  // An empty one is not hypothetical: a verifier given `whsec_` alone once signed and accepted with an empty key.
  if (encoded === '') return 'holds no key after whsec_';
  const key = Buffer.from(encoded, 'base64');
  if (key.toString('base64') !== encoded) return 'is not base64 after whsec_';
  if (key.length > 64) return `is too long: ${key.length} bytes after whsec_, at most 64 are allowed`;
  if (key.length < 24) return `is too short: ${key.length} bytes after whsec_, at least 24 are needed`;
  return weakness(key.toString('latin1'), 0) ?? weakness(encoded, 0);
}

const digestsOfNothing: ReadonlySet<string> = new Set(
  ['md5', 'sha1', 'sha256', 'sha384', 'sha512'].flatMap(algorithm =>
    ['', ' ', '\n'].flatMap(nothing => {
      const digest = createHash(algorithm).update(nothing).digest();
      return [digest.toString('hex'), digest.toString('base64'), digest.toString('base64url')];
    }),
  ),
);
