import { sha256 } from '#lib/digest.ts';
import { absence, type Problem, placeholders, repeats } from './secret.ts';

/** The hashes in a setting such as `SERVICE_KEY_HASH`: one, or two separated by a comma while a key is being rotated. */
export const keyHashes = (value: string): string[] =>
  value
    .split(',')
    .map(hash => hash.trim())
    .map(hash => (sha256Hex.test(hash) ? hash.toLowerCase() : hash));

/** Whether this is a hash of the bcrypt kind, as older set-ups keep them. */
export const isBcrypt = (hash: string): boolean => bcryptHash.test(hash);

/**
 * Whether a setting holds one or two hashes of real keys: SHA-256 in hex, or bcrypt. Refused: unset, empty, blank,
 * anything that is no hash (a key in the clear, above all), the hash of nothing or of a placeholder, the same hash twice.
 */
export function checkKeyHash(name: string, value: string | undefined): Problem | null {
  const fault = absence(value) ?? faultOf(keyHashes(value ?? ''));
  return fault ? { key: name, message: `${name} ${fault}.`, cure: cureOf(name) } : null;
}

/** Every problem of a set of hash settings at once, also the same hash under two names. */
export function checkKeyHashes(settings: Readonly<Record<string, string | undefined>>): Problem[] {
  const holders = new Map<string, string>();
  return Object.entries(settings).flatMap(([name, value]) => {
    const problem = checkKeyHash(name, value);
    if (problem) return [problem];
    const hashes = keyHashes(value ?? '');
    const shared = hashes.map(hash => holders.get(hash)).find(holder => holder !== undefined);
    for (const hash of hashes) holders.set(hash, name);
    return shared
      ? [{ key: name, message: `${name} has a hash in common with ${shared}.`, cure: cureOf(name) }]
      : [];
  });
}

const cureOf = (name: string) =>
  `Make a key of its own (openssl rand -base64 32), give it to the script, and set ${name} to its hash: printf %s "$KEY" | sha256sum`;

const sha256Hex = /^[0-9a-f]{64}$/i;
// Cost 4 to 14: above that one check takes seconds.
const bcryptHash = /^\$2[aby]\$(0[4-9]|1[0-4])\$[./A-Za-z0-9]{53}$/;

function faultOf(hashes: readonly string[]): string | null {
  if (hashes.length > 2) return 'holds more than two hashes';
  if (new Set(hashes).size < hashes.length) return 'holds the same hash twice';
  for (const hash of hashes) {
    if (!sha256Hex.test(hash) && !isBcrypt(hash))
      return 'is not a SHA-256 hash (64 hex digits) or a bcrypt hash';
    if (hashesOfNothing.has(hash)) return 'is the hash of an empty value or of a placeholder';
    if (repeats(hash)) return 'is not the hash of anything';
  }
  return null;
}

// `echo "$KEY" | sha256sum` with KEY unset hashes a line feed.
const hashesOfNothing: ReadonlySet<string> = new Set(
  ['', ...placeholders].flatMap(word => [word, `${word} `, `${word}\n`, word.toUpperCase()]).map(sha256),
);
