import { keep } from '#platform/indexed.ts';
import type { Place, Table } from '#platform/table.ts';
import type { ServiceKeyStore, StoredKey } from './service-key-store.ts';

/** Where a service key lies. */
export const keyAt = (id: string): Place => ({ pk: `KEY#${id}`, sk: '-' });

const byHash = (hash: string): Place => ({ pk: `KEYHASH#${hash}`, sk: '-' });

/** Where it lies which keys of a label are active. */
export const activeKeys = (label: string): Place => ({ pk: `KEYLABEL#${label}`, sk: '-' });

/** By what a key is found. */
export const keyEntries = (key: StoredKey): readonly Place[] => [
  { pk: 'KEYS', sk: `${key.createdAt}#${key.id}` },
  byHash(key.hash),
];

/** Service keys in a table. */
export function dynamoServiceKeyStore(table: Table): ServiceKeyStore {
  return {
    add: (key, most) =>
      table.unit(async unit => {
        const ids = (await unit.get<string[]>(activeKeys(key.label))) ?? [];
        if (ids.length >= most) return 'full';
        unit.put(activeKeys(key.label), [...ids, key.id]);
        await keep(unit, keyAt(key.id), key, keyEntries);
        return 'added';
      }),
    async findActive(hash) {
      const key = await table.get<StoredKey>(byHash(hash));
      return key && key.revokedAt === null ? key : null;
    },
    async list() {
      const found = await table.list<StoredKey>({ pk: 'KEYS', descending: true });
      return found.map(({ value }) => value);
    },
    revoke: (id, revokedAt) =>
      table.unit(async unit => {
        const key = await unit.get<StoredKey>(keyAt(id));
        if (!key) return false;
        if (key.revokedAt !== null) return true;
        const ids = (await unit.get<string[]>(activeKeys(key.label))) ?? [];
        unit.put(
          activeKeys(key.label),
          ids.filter(other => other !== id),
        );
        await keep(unit, keyAt(id), { ...key, revokedAt }, keyEntries);
        return true;
      }),
  };
}
