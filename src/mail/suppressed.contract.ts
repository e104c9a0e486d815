import { describe, expect, it } from 'vitest';
import type { MailTrouble, Suppressed } from './suppressed.ts';

const trouble = (changes: Partial<MailTrouble> = {}): MailTrouble => ({
  why: 'bounce',
  address: 'carole@example.org',
  at: '2027-05-01T10:00:00.000Z',
  said: '550 5.1.1 no such user.',
  ...changes,
});

/** What every list of suppressed addresses keeps to. The factory makes an empty one. */
export function suppressedContract(fresh: () => Suppressed): void {
  describe('suppressed addresses', () => {
    it('are known however they are capitalised, and told of once', async () => {
      const list = fresh();
      expect(await list.find('carole@example.org')).toBeNull();
      expect(await list.add(trouble({ address: 'Carole@Example.org' }))).toBe(true);
      expect(await list.add(trouble({ at: '2027-05-02T10:00:00.000Z' }))).toBe(false);
      expect(await list.find(' CAROLE@example.org')).toEqual({ ...trouble(), state: 'open', decided: null });
      expect(await list.list({ limit: 10 })).toHaveLength(1);
    });

    it('keep what weighs most: a bounce before a complaint before a letter that came back', async () => {
      const list = fresh();
      for (const why of ['returned', 'complaint', 'bounce'] as const)
        expect([why, await list.add(trouble({ why }))]).toEqual([why, true]);
      for (const why of ['complaint', 'returned'] as const)
        expect([why, await list.add(trouble({ why }))]).toEqual([why, false]);
      expect((await list.find('carole@example.org'))?.why).toBe('bounce');
    });

    it('stay when a person has seen them, are used again when a person says so, and come back with new trouble', async () => {
      const list = fresh();
      await list.add(trouble());
      const decided = { by: 'joan', at: '2027-05-01T11:00:00.000Z' };
      expect(await list.decide('carole@example.org', 'kept', decided)).toMatchObject({
        state: 'kept',
        decided,
      });
      expect(await list.add(trouble())).toBe(false);
      await list.decide('carole@example.org', 'allowed', decided);
      expect(await list.list({ limit: 10 })).toEqual([]);
      expect(await list.list({ limit: 10, allowed: true })).toMatchObject([{ state: 'allowed', decided }]);
      expect(await list.add(trouble({ at: '2027-05-03T10:00:00.000Z' }))).toBe(true);
      expect(await list.list({ limit: 10 })).toMatchObject([{ state: 'open', decided: null }]);
    });

    it('are listed newest first, as many as asked for, and forgotten with their guest', async () => {
      const list = fresh();
      for (const day of [1, 2, 3])
        await list.add(trouble({ address: `guest${day}@example.org`, at: `2027-05-0${day}T10:00:00.000Z` }));
      expect((await list.list({ limit: 2 })).map(({ address }) => address)).toEqual([
        'guest3@example.org',
        'guest2@example.org',
      ]);
      await list.forget('Guest2@example.org');
      await list.forget('guest2@example.org');
      expect(await list.find('guest2@example.org')).toBeNull();
      expect(await list.list({ limit: 10 })).toHaveLength(2);
    });

    it('refuse a decision about an address that nothing is known of', async () => {
      const decided = { by: 'joan', at: '2027-05-01T11:00:00.000Z' };
      await expect(fresh().decide('nobody@example.org', 'allowed', decided)).rejects.toMatchObject({
        code: 'address-not-suppressed',
      });
    });
  });
}
