/** Which door a device was let in by. */
export type Door = 'desk' | 'crew' | 'pay';

/** A device as it is kept: for one person at one door, by the hash of what its cookie holds, never that itself. */
export type Device = { readonly door: Door; readonly person: string; readonly hash: string };

/** Keeps which devices people have come in with. */
export interface DeviceStore {
  /** Whether this person has come in at this door with this device before, and it is not forgotten. */
  knows(device: Device): Promise<boolean>;
  /** Notes that it came in at `at` (ISO 8601 UTC), and may forget those last seen before `forgetBefore`. Idempotent. */
  remember(device: Device, at: string, forgetBefore: string): Promise<void>;
}
