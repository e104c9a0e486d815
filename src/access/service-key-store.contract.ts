import { describe, expect, it } from 'vitest';
import type { ServiceKeyStore, StoredKey } from './service-key-store.ts';

const stored = (id: string, label = 'dashboard'): StoredKey => ({
  id,
  hash: `hash of ${id}`,
  label,
  scopes: ['calendar', 'events'],
  createdAt: `2027-05-30T10:00:00.00${id}Z`,
  revokedAt: null,
});

/** What every keeper of service keys must do. `make` gives a fresh, empty one. */
export function serviceKeyStoreContract(make: () => ServiceKeyStore) {
  describe('the service keys', () => {
    it('are found by their hash as they were kept', async () => {
      const store = make();
      expect(await store.add(stored('1'), 2)).toBe('added');
      expect(await store.findActive('hash of 1')).toEqual(stored('1'));
      expect(await store.findActive('hash of 2')).toBeNull();
    });

    it('are at most so many per label, even when all come at once', async () => {
      const store = make();
      const answers = await Promise.all(['1', '2', '3', '4'].map(id => store.add(stored(id), 2)));
      expect(answers.sort()).toEqual(['added', 'added', 'full', 'full']);
      expect(await store.add(stored('5', 'another'), 2)).toBe('added');
    });

    it('are gone for every look-up once revoked, stay listed, and make room', async () => {
      const store = make();
      for (const id of ['1', '2']) await store.add(stored(id), 2);
      expect(await store.revoke('1', '2027-06-01T00:00:00.000Z')).toBe(true);
      expect(await store.revoke('1', '2027-07-01T00:00:00.000Z')).toBe(true);
      expect(await store.revoke('9', '2027-06-01T00:00:00.000Z')).toBe(false);
      expect(await store.findActive('hash of 1')).toBeNull();
      expect(await store.add(stored('3'), 2)).toBe('added');
      expect((await store.list()).map(key => [key.id, key.revokedAt])).toEqual([
        ['3', null],
        ['2', null],
        ['1', '2027-06-01T00:00:00.000Z'],
      ]);
    });
  });
}
