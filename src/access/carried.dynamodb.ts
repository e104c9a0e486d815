import { type CarriedByTable, carriedItems, rest } from '#platform/carried.ts';
import { keep } from '#platform/indexed.ts';
import type { CarriedDevice } from './carried.sqlite.ts';
import { deviceAt } from './device-store.dynamodb.ts';
import type { Door } from './device-store.ts';
import { deviceSeconds } from './devices.ts';
import type { LinkRecord } from './link-rules.ts';
import { linkAt, linkEntries } from './links.dynamodb.ts';
import { activeKeys, keyAt, keyEntries } from './service-key-store.dynamodb.ts';
import type { StoredKey } from './service-key-store.ts';

export const tableLinks = carriedItems<LinkRecord>({
  word: 'LINK',
  at: ({ purpose, subject, holder }) => linkAt(purpose, subject, holder),
  entries: linkEntries,
});

const keys = carriedItems<StoredKey>({ word: 'KEY', at: ({ id }) => keyAt(id), entries: keyEntries });

export const tableKeys: CarriedByTable<StoredKey> = {
  ...keys,
  put: (table, key) =>
    table.unit(async unit => {
      const active = (await unit.get<string[]>(activeKeys(key.label))) ?? [];
      if (key.revokedAt === null && !active.includes(key.id))
        unit.put(activeKeys(key.label), [...active, key.id]);
      await keep(unit, keyAt(key.id), key, keyEntries);
    }),
};

export const tableDevices: CarriedByTable<CarriedDevice> = {
  word: 'DEVICES',
  async of(_, { pk, sk, value }) {
    const [, door = ''] = pk.split('#');
    return { door: door as Door, person: rest(pk, 2), hash: sk, seenAt: value as string };
  },
  put: (table, { seenAt, ...device }) =>
    table.unit(async unit =>
      unit.put(deviceAt(device), seenAt, { endsAt: Date.parse(seenAt) + deviceSeconds * 1000 }),
    ),
};
