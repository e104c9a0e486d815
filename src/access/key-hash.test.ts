import { hashSync } from 'bcryptjs';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#lib/digest.ts';
import { checkKeyHash, checkKeyHashes, keyHashes } from './key-hash.ts';

const good = sha256('pSx3n0kZfJ8vQy5RkT1mWc7L');
const other = sha256('nQ4hV9sBz2UeKd6XgJ0oYi8A');
const legacy = hashSync('an-old-key-of-the-boat', 4);

describe.each(['SERVICE_KEY_HASH', 'DASHBOARD_TOKEN_HASH'])('the setting %s', name => {
  it.each<[string, string | undefined]>([
    ['unset', undefined],
    ['empty', ''],
    ['blank', '  '],
    ['too short', good.slice(1)],
    ['the key itself', 'gwk_pSx3n0kZfJ8vQy5RkT1mWc7LpSx3n0kZfJ8vQy5RkT1'],
    ['the hash of nothing', sha256('')],
    ['the hash of a line feed', sha256('\n')],
    ['the hash of a placeholder', sha256('changeme').toUpperCase()],
    ['the same hash twice', `${good},${good.toUpperCase()}`],
    ['three hashes', `${good},${other},${legacy}`],
    ['a hash and nothing', `${good},`],
    ['zeros', '0'.repeat(64)],
  ])('is refused when it is %s', (_, value) => {
    const problem = checkKeyHash(name, value);
    expect(problem).toMatchObject({ key: name, cure: expect.stringContaining(name) });
    if (value?.trim()) expect(JSON.stringify(problem)).not.toContain(value);
  });

  it('may hold one hash, or two while a key is being rotated, of either kind', () => {
    for (const value of [good, legacy, `${good}, ${other}`, `${legacy},${good}`]) {
      expect(checkKeyHash(name, value)).toBeNull();
    }
  });
});

it('refuses one hash under two names', () => {
  expect(checkKeyHashes({ A: good, B: `${other},${good}`, C: legacy })).toEqual([
    expect.objectContaining({ key: 'B', message: 'B has a hash in common with A.' }),
  ]);
});

it('reads hashes in either case, but leaves bcrypt as it is', () => {
  expect(keyHashes(`${good.toUpperCase()} , ${legacy}`)).toEqual([good, legacy]);
});

it('says what is wrong with a setting, and how to make a key of its own', () => {
  const wrong = {
    NONE: undefined,
    THREE: `${good},${other},${legacy}`,
    TWICE: `${good},${good}`,
    CLEAR: 'the-key-itself',
    NOTHING: sha256('\n'),
    ZEROS: '0'.repeat(64),
    FINE: good,
  };
  expect(checkKeyHashes(wrong).map(({ message }) => message)).toEqual([
    'NONE is not set.',
    'THREE holds more than two hashes.',
    'TWICE holds the same hash twice.',
    'CLEAR is not a SHA-256 hash (64 hex digits) or a bcrypt hash.',
    'NOTHING is the hash of an empty value or of a placeholder.',
    'ZEROS is not the hash of anything.',
  ]);
  expect(checkKeyHash('NONE', undefined)?.cure).toBe(
    'Make a key of its own (openssl rand -base64 32), give it to the script, and set NONE to its hash: printf %s "$KEY" | sha256sum',
  );
});
