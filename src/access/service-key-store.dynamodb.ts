import { keep } from '#platform/indexed.ts';
import type { Table } from '#platform/table.ts';
import type { ServiceKeyStore, StoredKey } from './service-key-store.ts';

/** Service keys in a table. */
export function dynamoServiceKeyStore(table: Table): ServiceKeyStore {
  const at = (id: string) => ({ pk: `KEY#${id}`, sk: '-' });
  const byHash = (hash: string) => ({ pk: `KEYHASH#${hash}`, sk: '-' });
  const active = (label: string) => ({ pk: `KEYLABEL#${label}`, sk: '-' });
  const entries = (key: StoredKey) => [{ pk: 'KEYS', sk: `${key.createdAt}#${key.id}` }, byHash(key.hash)];

  return {
    add: (key, most) =>
      table.unit(async unit => {
        const ids = (await unit.get<string[]>(active(key.label))) ?? [];
        if (ids.length >= most) return 'full';
        unit.put(active(key.label), [...ids, key.id]);
        await keep(unit, at(key.id), key, entries);
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
        const key = await unit.get<StoredKey>(at(id));
        if (!key) return false;
        if (key.revokedAt !== null) return true;
        const ids = (await unit.get<string[]>(active(key.label))) ?? [];
        unit.put(
          active(key.label),
          ids.filter(other => other !== id),
        );
        await keep(unit, at(id), { ...key, revokedAt }, entries);
        return true;
      }),
  };
}
