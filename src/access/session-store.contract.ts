import { describe, expect, it } from 'vitest';
import type { SessionRecord, SessionStore } from './session-store.ts';

const record: SessionRecord = {
  hash: 'a'.repeat(64),
  kind: 'desk',
  person: 'ines',
  subject: 'owner',
  epoch: 0,
  createdAt: '2027-05-30T10:00:00.000Z',
  seenAt: '2027-05-30T10:00:00.000Z',
  endsAt: '2027-06-06T10:00:00.000Z',
};
const named = (hash: string, changes: Partial<SessionRecord> = {}) => ({ ...record, ...changes, hash });

/** What every keeper of sessions must do. `make` gives a fresh, empty one. */
export function sessionStoreContract(make: () => SessionStore) {
  describe('the sessions', () => {
    it('are found as they were kept, and only those', async () => {
      const store = make();
      await store.add(record);
      expect(await store.find(record.hash)).toEqual(record);
      expect(await store.find('b'.repeat(64))).toBeNull();
    });

    it('note their use, but one that is gone does not come back by it', async () => {
      const store = make();
      await store.add(record);
      await store.touch(record.hash, '2027-05-30T11:00:00.000Z');
      expect(await store.find(record.hash)).toEqual({ ...record, seenAt: '2027-05-30T11:00:00.000Z' });
      await store.remove(record.hash);
      await store.touch(record.hash, '2027-05-30T12:00:00.000Z');
      await store.remove(record.hash);
      expect(await store.find(record.hash)).toBeNull();
    });

    it('of one person at one door end together, and nobody else’s with them', async () => {
      const store = make();
      await Promise.all([
        store.add(named('1')),
        store.add(named('2')),
        store.add(named('3', { kind: 'crew' })),
        store.add(named('4', { person: 'tom' })),
      ]);
      await store.removeAll('desk', 'ines');
      const left = await Promise.all(['1', '2', '3', '4'].map(hash => store.find(hash)));
      expect(left.map(found => found?.hash)).toEqual([undefined, undefined, '3', '4']);
    });
  });
}
