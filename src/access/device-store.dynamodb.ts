import type { Place, Table } from '#platform/table.ts';
import type { Device, DeviceStore } from './device-store.ts';

/** Where a device lies. */
export const deviceAt = ({ door, person, hash }: Device): Place => ({
  pk: `DEVICES#${door}#${person}`,
  sk: hash,
});

/** Devices in a table. One that is not seen again is dropped by the table's time to live. */
export function dynamoDeviceStore(table: Table): DeviceStore {
  return {
    knows: async device => (await table.get(deviceAt(device))) !== null,
    remember: (device, seenAt, forgetBefore) =>
      table.unit(async unit => {
        const before = await unit.get<string>(deviceAt(device));
        if (before !== null && before >= seenAt) return;
        const seen = Date.parse(seenAt);
        unit.put(deviceAt(device), seenAt, { endsAt: seen + (seen - Date.parse(forgetBefore)) });
      }),
  };
}
