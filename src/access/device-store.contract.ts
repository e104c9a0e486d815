import { describe, expect, it } from 'vitest';
import type { Device, DeviceStore } from './device-store.ts';

const phone: Device = { door: 'crew', person: 'ines', hash: 'a'.repeat(64) };
const long = '2026-01-01T00:00:00Z';

/** What every keeper of devices must do. `make` gives a fresh, empty one. */
export function deviceStoreContract(make: () => DeviceStore) {
  describe('the devices', () => {
    it('are known once they came in, for this person at this door', async () => {
      const store = make();
      expect(await store.knows(phone)).toBe(false);
      await store.remember(phone, '2027-05-30T10:00:00Z', long);
      await store.remember(phone, '2027-05-30T10:00:00Z', long);
      expect(await store.knows(phone)).toBe(true);
      for (const other of [{ door: 'desk' }, { person: 'tom' }, { hash: 'b'.repeat(64) }] as const)
        expect(await store.knows({ ...phone, ...other })).toBe(false);
    });

    it('may be forgotten when nobody came in with them for long, which a late note of an earlier visit does not undo', async () => {
      const store = make();
      await store.remember(phone, '2027-05-30T10:00:00Z', long);
      await store.remember(phone, '2026-05-30T10:00:00Z', long);
      await store.remember({ ...phone, person: 'tom' }, '2027-06-01T10:00:00Z', '2027-05-01T00:00:00Z');
      expect(await store.knows(phone)).toBe(true);
    });
  });
}
