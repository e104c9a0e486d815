import type { Table } from '#platform/table.ts';
import type { Device, DeviceStore } from './device-store.ts';

/** Devices in a table. One that is not seen again is dropped by the table's time to live. */
export function dynamoDeviceStore(table: Table): DeviceStore {
  const at = ({ door, person, hash }: Device) => ({ pk: `DEVICES#${door}#${person}`, sk: hash });
  return {
    knows: async device => (await table.get(at(device))) !== null,
    remember: (device, seenAt, forgetBefore) =>
      table.unit(async unit => {
        const before = await unit.get<string>(at(device));
        if (before !== null && before >= seenAt) return;
        const seen = Date.parse(seenAt);
        unit.put(at(device), seenAt, { endsAt: seen + (seen - Date.parse(forgetBefore)) });
      }),
  };
}
