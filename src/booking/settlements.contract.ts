import { describe, expect, it } from 'vitest';
import type { Settlement, Settlements } from './settlements.ts';

const word: Settlement = {
  conflict: 'c1',
  by: 'joan',
  at: '2027-05-30T10:00:00.000Z',
  why: 'Both parties sail together',
};

/** What every keeper of what people said to conflicts promises. `fresh` gives an empty one. */
export function settlementsContract(fresh: () => Settlements) {
  describe('what people said to conflicts', () => {
    it('is found by its conflict as it was said, and nothing of another', async () => {
      const store = fresh();
      await store.settle(word);
      expect(await store.find('c1')).toEqual(word);
      expect(await store.find('c2')).toBeNull();
    });

    it('is what was said last, until it is taken back', async () => {
      const store = fresh();
      await store.settle(word);
      await store.settle({ ...word, why: 'Agreed by phone' });
      expect(await store.find('c1')).toEqual({ ...word, why: 'Agreed by phone' });
      for (const _ of [1, 2]) await store.reopen('c1');
      expect(await store.find('c1')).toBeNull();
    });
  });
}
