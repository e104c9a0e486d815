import { describe, expect, it } from 'vitest';
import { sha256 } from '#lib/digest.ts';
import { nextSecret, testSecret } from './intake.fixture.ts';
import { mannerOf, source, sources } from './sources.ts';

describe('a source of which little is declared', () => {
  it('takes times as they are written, holds nothing back and knows no secret', () => {
    const little = source({ id: 'market', kind: 'json' });
    expect(little).toMatchObject({
      settings: {
        id: 'market',
        times: 'as-written',
        listings: {},
        hours: {},
        party: { question: null, byListing: {}, isQuantity: false },
        mapping: null,
      },
      secrets: [],
      keys: [],
      address: '',
      api: null,
      urlSecretHashes: [],
      holdUnsigned: false,
      mail: null,
    });
    expect(sources([little])('market')).toBe(little);
    expect(sources([little])('another')).toBeNull();
  });
});

describe('what is declared of a source', () => {
  it('stands, and secrets of addresses are kept as digests', () => {
    expect(
      source({
        id: 'market',
        kind: 'json',
        times: 'local',
        address: 'https://example.org/hooks',
        urlSecrets: ['the secret of an address'],
        holdUnsigned: true,
      }),
    ).toMatchObject({
      settings: { times: 'local' },
      address: 'https://example.org/hooks',
      urlSecretHashes: [sha256('the secret of an address')],
      holdUnsigned: true,
    });
  });

  it('is not asked where the kind says itself what its times mean', () => {
    expect(source({ id: 'market', kind: 'rezdy', times: 'as-written' }).settings.times).toBe(
      source({ id: 'market', kind: 'rezdy', times: 'local' }).settings.times,
    );
  });

  it('makes keys of the secrets of Standard Webhooks, and of no other', () => {
    const secrets = [testSecret, nextSecret];
    expect(source({ id: 'market', kind: 'boatsetter', secrets }).keys).toEqual(
      secrets.map(secret => ({ bytes: Buffer.from(secret.slice('whsec_'.length), 'base64') })),
    );
    expect(source({ id: 'market', kind: 'square', secrets }).keys).toEqual([]);
    expect(source({ id: 'market', kind: 'fareharbor', secrets }).keys).toEqual([]);
  });
});

describe('JSON of any sender', () => {
  const least = {
    id: 'id',
    state: { at: 'type', words: {} },
    vessel: 'boat',
    start: 'start',
    guest: { name: 'name' },
  };
  const manner = (more: Partial<Parameters<typeof mannerOf>[0]> = {}) =>
    mannerOf({ kind: 'json', mapping: null, signature: null, isSigned: false, ...more });

  it('is signed as Standard Webhooks has it where there is a secret, and not at all where there is none', () => {
    expect(manner().proof).toBeNull();
    expect(manner({ isSigned: true }).proof?.secret).toBe('whsec');
    expect(source({ id: 'market', kind: 'json' }).manner.proof).toBeNull();
    expect(source({ id: 'market', kind: 'json', secrets: [testSecret] }).manner.proof?.secret).toBe('whsec');
  });

  it('is signed as declared where that is declared', () => {
    const signature = { header: 'X-Signature', encoding: 'hex', prefix: 'sha256=' } as const;
    expect(manner({ isSigned: true, signature }).proof?.secret).toBe('shared');
  });

  it.each([
    ['when it happened', { occurredAt: 'at' }, 'bytes'],
    ['a count of the changes', { version: 'n' }, 'bytes'],
    ['both', { occurredAt: 'at', version: 'n' }, 'bytes'],
    ['neither', {}, 'arrival'],
  ])('is the same message by its bytes only where they say %s: %j', (_, more, naming) => {
    expect(manner({ mapping: { ...least, ...more } as never }).naming).toBe(naming);
  });
});
