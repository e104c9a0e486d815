import { hashSync } from 'bcryptjs';
import { describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import type { ConfiguredKeys } from './configured-keys.ts';
import { keyHashes } from './key-hash.ts';
import { sqliteServiceKeyStore } from './service-key-store.sqlite.ts';
import { compareBcrypt } from './service-keys.bcrypt.ts';
import { serviceKeys } from './service-keys.ts';

function fresh(configured: readonly ConfiguredKeys[] = []) {
  const db = openSqlite(':memory:');
  const clock = settableClock('2027-05-30T10:00:00Z');
  const comparisons: string[] = [];
  const keys = serviceKeys({
    store: sqliteServiceKeyStore(db),
    configured,
    compareLegacy(key, hash) {
      comparisons.push(key);
      return compareBcrypt(key, hash);
    },
    clock,
    random: seededRandom('keys'),
  });
  return { db, clock, keys, comparisons };
}

describe('a key made here', () => {
  it('is shown once, kept as its hash, and known again', async () => {
    const { db, keys } = fresh();
    const { key, serviceKey } = await keys.create('dashboard update', ['events', 'calendar', 'events']);
    expect(key).toMatch(/^gwk_[A-Za-z0-9_-]{43}$/);
    expect(serviceKey).toMatchObject({ label: 'dashboard update', scopes: ['calendar', 'events'] });
    expect(await keys.verify(key)).toEqual(serviceKey);
    expect(await keys.list()).toEqual([serviceKey]);
    const kept = JSON.stringify(db.all('SELECT * FROM service_keys'));
    expect(kept).toContain(sha256(key));
    expect(kept).not.toContain(key.slice(4));
  });

  it('is known exactly or not at all', async () => {
    const { keys } = fresh();
    const { key } = await keys.create('script', ['events']);
    for (const wrong of [
      '',
      ' ',
      'changeme',
      key.slice(0, -1),
      `${key} `,
      key.toUpperCase(),
      sha256(key),
      'x'.repeat(1e6),
    ]) {
      expect(await keys.verify(wrong)).toBeNull();
    }
  });

  it('is rotated with two at a time: the new one beside the old, then the old one goes', async () => {
    const { keys } = fresh();
    const first = await keys.create('script', ['events']);
    const second = await keys.create('script', ['events']);
    await expect(keys.create('script', ['events'])).rejects.toMatchObject({ code: 'two-keys-active' });
    expect(await keys.verify(first.key)).not.toBeNull();
    expect(await keys.verify(second.key)).not.toBeNull();
    await keys.revoke(first.serviceKey.id);
    await keys.revoke(first.serviceKey.id);
    expect(await keys.verify(first.key)).toBeNull();
    expect(await keys.verify(second.key)).not.toBeNull();
    expect((await keys.create('script', ['events'])).key).not.toBe(first.key);
  });

  it('needs a label and a scope, and an id to be revoked', async () => {
    const { keys } = fresh();
    await expect(keys.create('', ['events'])).rejects.toMatchObject({ code: 'key-label-invalid' });
    await expect(keys.create('a\nb', ['events'])).rejects.toMatchObject({ code: 'key-label-invalid' });
    await expect(keys.create('script', [])).rejects.toMatchObject({ code: 'key-without-scope' });
    await expect(keys.revoke('key_none')).rejects.toMatchObject({ code: 'key-unknown' });
  });
});

describe('a key of the configuration', () => {
  const [current, next] = ['a-token-of-the-owner-1', 'a-token-of-the-owner-2'];
  const dashboard: ConfiguredKeys = {
    label: 'dashboard token',
    scopes: ['calendar'],
    hashes: keyHashes(`${sha256(current).toUpperCase()}, ${sha256(next)}`),
  };

  it('is known by its SHA-256, two of them while it is being rotated', async () => {
    const { keys } = fresh([dashboard]);
    expect(await keys.verify(current)).toMatchObject({ label: 'dashboard token', scopes: ['calendar'] });
    expect(await keys.verify(next)).toMatchObject({ label: 'dashboard token' });
    expect(await keys.verify('a-token-of-the-owner-3')).toBeNull();
  });

  it('is listed without its hash, and revoked in the configuration only', async () => {
    const { keys } = fresh([dashboard]);
    const list = await keys.list();
    expect(list.map(key => key.id)).toEqual(['configured_dashboard-token_1', 'configured_dashboard-token_2']);
    expect(JSON.stringify(list)).not.toContain(sha256(next));
    await expect(keys.revoke('configured_dashboard-token_1')).rejects.toMatchObject({
      code: 'key-from-configuration',
    });
  });
});

describe('a bcrypt hash of an older set-up', () => {
  const old = 'the-service-key-of-2024';
  const legacy = (key = old): ConfiguredKeys => ({
    label: 'old scripts',
    scopes: ['events'],
    hashes: [hashSync(key, 4)],
  });

  it('is understood, and compared once per key however often the key comes', async () => {
    const { keys, comparisons } = fresh([legacy()]);
    const answers = await Promise.all(Array.from({ length: 50 }, () => keys.verify(old)));
    expect(answers.every(key => key?.label === 'old scripts')).toBe(true);
    expect(await keys.verify(old)).not.toBeNull();
    expect(comparisons).toEqual([old]);
  });

  it('may stand beside a SHA-256 while scripts change over', async () => {
    const { keys, comparisons } = fresh([
      { ...legacy(), hashes: [...legacy().hashes, sha256('the-new-key')] },
    ]);
    expect(await keys.verify('the-new-key')).not.toBeNull();
    expect(comparisons).toEqual([]);
    expect(await keys.verify(old)).not.toBeNull();
  });

  it('does not let guessing wear the machine out', async () => {
    const { clock, keys, comparisons } = fresh([legacy()]);
    for (let i = 0; i < 10; i++) expect(await keys.verify(`a guess ${i}`)).toBeNull();
    expect(await keys.verify('a guess 3')).toBeNull();
    await expect(keys.verify('a guess 10')).rejects.toMatchObject({
      code: 'too-many-attempts',
      data: { retryAfterMs: 6_000 },
    });
    expect(comparisons).toHaveLength(10);
    clock.advance(6_000);
    expect(await keys.verify(old)).not.toBeNull();
  });

  it('opens for no endless key, no empty one and no placeholder, whatever was hashed', async () => {
    const long = 'k'.repeat(72);
    expect(await fresh([legacy(long)]).keys.verify(`${long}anything`)).toBeNull();
    expect(await fresh([legacy('')]).keys.verify('')).toBeNull();
    expect(await fresh([legacy('changeme')]).keys.verify('changeme')).toBeNull();
  });
});

it('compares nothing that is no key: blank, a placeholder, or longer than any key', async () => {
  const legacy = {
    label: 'old',
    scopes: ['events'] as const,
    hashes: [hashSync('an-old-key-of-the-boat', 4)],
  };
  const { keys, comparisons } = fresh([legacy]);
  for (const nothing of ['', '  ', 'CHANGEME', 'x'.repeat(513)])
    expect(await keys.verify(nothing)).toBeNull();
  expect(comparisons).toEqual([]);
  expect(await keys.verify('x'.repeat(512))).toBeNull();
  expect(comparisons).toEqual(['x'.repeat(512)]);
});
