import { describe, expect, it } from 'vitest';
import { type SettableClock, settableClock } from '#lib/clock.ts';
import { type Random, seededRandom } from '#lib/random.ts';
import type { Announcement } from './announcement.ts';
import type { AnnouncementStore } from './announcement-store.ts';

/** What every store of announcements has to do. `open` gives an empty one each time. */
export function announcementStoreContract(
  open: (house: { clock: SettableClock; random: Random }) => AnnouncementStore,
): void {
  const start = '2027-05-01T12:00:00.000Z';
  const fresh = () => {
    const clock = settableClock(start);
    const store = open({ clock, random: seededRandom('announcements') });
    const announce = (key: string, to = ['shop'], more: Partial<Announcement> = {}) =>
      store.announce(
        {
          key,
          kind: 'booking.created',
          booking: 'bkg_1',
          revision: 1,
          fence: 'open',
          detail: { why: 'x' },
          at: start,
          ...more,
        },
        to.map(endpoint => ({ endpoint, dueAt: start })),
      );
    const only = async () => {
      const [sending] = await store.list({ limit: 9 });
      if (!sending) throw new Error('there is none');
      return sending;
    };
    return { clock, store, announce, only };
  };

  describe('a store of announcements', () => {
    it('keeps each thing once, due at every endpoint it is for', async () => {
      const { store, announce } = fresh();
      expect(await announce('a', ['shop', 'sheet'])).toBe(true);
      expect(await announce('a', ['shop'])).toBe(false);
      const due = await store.due(9);
      expect(due.map(({ endpoint }) => endpoint).sort()).toEqual(['sheet', 'shop']);
      expect(due[0]).toMatchObject({
        announcement: {
          id: expect.stringMatching(/^ann_/),
          key: 'a',
          booking: 'bkg_1',
          revision: 1,
          detail: { why: 'x' },
        },
        state: 'pending',
        attempts: 0,
        status: null,
      });
    });

    it('knows which revision of a booking was last announced', async () => {
      const { store, announce } = fresh();
      expect(await store.announced('bkg_1')).toBeNull();
      await announce('a');
      await announce('b', [], { revision: 3 });
      await announce('c', [], { kind: 'surface.failing', revision: null });
      expect(await store.announced('bkg_1')).toBe(3);
    });

    it('lets one wait, go, or fail for good', async () => {
      const { store, announce, only, clock } = fresh();
      await announce('a');
      const { announcement } = await only();
      const nextAt = '2027-05-01T12:00:05.000Z';
      await store.tried(announcement.id, 'shop', { kind: 'not taken', status: 503, reason: 'busy', nextAt });
      expect(await store.due(9)).toEqual([]);
      expect(await store.nextDue()).toBe(nextAt);
      clock.advance(5000);
      expect(await store.due(9)).toMatchObject([{ attempts: 1, status: 503, reason: 'busy' }]);
      await store.tried(announcement.id, 'shop', {
        kind: 'not taken',
        status: null,
        reason: 'gone',
        nextAt: null,
      });
      expect(await only()).toMatchObject({ state: 'failed', attempts: 2, nextAt: null, reason: 'gone' });
      expect(await store.replay(announcement.id, 'shop')).toBe(true);
      expect(await store.due(9)).toMatchObject([{ attempts: 0 }]);
      await store.tried(announcement.id, 'shop', { kind: 'delivered', status: 204 });
      expect(await only()).toMatchObject({ state: 'delivered', status: 204, reason: null, nextAt: null });
      expect(await store.nextDue()).toBeNull();
      expect(await store.replay('ann_nobody', 'shop')).toBe(false);
    });

    it('holds everything for an endpoint that is disabled, until it is enabled', async () => {
      const { store, announce } = fresh();
      await announce('a', ['shop', 'sheet']);
      await store.disable('shop', 'said 410');
      await store.disable('shop', 'again');
      expect(await store.disabled()).toEqual([{ endpoint: 'shop', at: start, reason: 'said 410' }]);
      expect((await store.due(9)).map(({ endpoint }) => endpoint)).toEqual(['sheet']);
      await store.enable('shop');
      expect(await store.disabled()).toEqual([]);
      expect(await store.due(9)).toHaveLength(2);
    });

    it('sends at once, and from the beginning, what waited for an endpoint that is enabled again', async () => {
      const { store, announce, only } = fresh();
      await announce('a');
      const { announcement } = await only();
      const nextAt = '2027-05-04T12:00:00.000Z';
      await store.tried(announcement.id, 'shop', { kind: 'not taken', status: 410, reason: 'gone', nextAt });
      await store.disable('shop', 'said 410');
      expect([await store.due(9), await store.nextDue()]).toEqual([[], null]);
      await store.enable('shop');
      expect(await store.due(9)).toMatchObject([{ attempts: 0, nextAt: start }]);
      expect(await store.nextDue()).toBe(start);
    });

    it('tells what happened in one moment in the order of the revisions, to the last of many', async () => {
      const { store, announce } = fresh();
      for (let revision = 1; revision <= 12; revision++)
        await announce(`r${revision}`, ['shop'], { revision });
      const revisions = (await store.due(99)).map(({ announcement }) => announcement.revision);
      expect(revisions).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
      expect(await store.due(2)).toHaveLength(2);
    });

    it('finds one by its id at each endpoint, and nothing by another', async () => {
      const { store, announce } = fresh();
      await announce('a', ['shop', 'sheet']);
      const id = (await store.list({ limit: 1 }))[0]?.announcement.id ?? 'ann_none';
      expect((await store.find(id)).map(({ endpoint }) => endpoint)).toEqual(['sheet', 'shop']);
      expect(await store.find('ann_nobody')).toEqual([]);
    });

    it('lists by endpoint and state, newest first', async () => {
      const { store, announce } = fresh();
      await announce('a', ['shop']);
      await announce('b', ['shop', 'sheet'], { at: '2027-05-02T12:00:00.000Z' });
      const listed = async (filter: object) =>
        (await store.list({ limit: 9, ...filter })).map(
          ({ announcement, endpoint }) => `${announcement.key} ${endpoint}`,
        );
      expect(await listed({ endpoint: 'shop' })).toEqual(['b shop', 'a shop']);
      expect(await listed({ state: 'failed' })).toEqual([]);
      expect(await listed({ limit: 1 })).toHaveLength(1);
    });

    it('forgets a booking', async () => {
      const { store, announce } = fresh();
      await announce('a');
      await announce('b', ['shop'], { booking: 'bkg_2' });
      await store.forget('bkg_1');
      await store.forget('bkg_1');
      expect(await store.list({ limit: 9 })).toMatchObject([{ announcement: { booking: 'bkg_2' } }]);
      expect((await store.due(9)).map(({ announcement }) => announcement.booking)).toEqual(['bkg_2']);
      expect([await store.announced('bkg_1'), await store.announced('bkg_2')]).toEqual([null, 1]);
      expect(await announce('a')).toBe(true);
    });
  });
}
