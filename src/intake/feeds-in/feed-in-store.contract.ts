import { describe, expect, it } from 'vitest';
import type { FeedInStore, FeedState } from './feed-in-store.ts';

const state: FeedState = {
  feed: 'market/heron',
  events: [
    {
      uid: 'a@market.example',
      kind: 'reserved',
      from: '2027-05-30T23:30:00.000Z',
      until: '2027-05-31T02:30:00.000Z',
      days: null,
    },
  ],
  goodAt: '2027-04-12T18:00:00.000Z',
  unread: 1,
  etag: '"1"',
  lastModified: null,
  triedAt: '2027-04-12T18:00:00.000Z',
  nextAt: '2027-04-12T18:15:00.000Z',
  trouble: null,
  alarm: null,
};

/** What every store of marketplaces' calendars has to do. `open` gives an empty one each time. */
export function feedInStoreContract(open: () => FeedInStore): void {
  describe('marketplaces’ calendars', () => {
    it('are unknown before they were read', async () => {
      expect(await open().find('market/heron')).toBeNull();
    });

    it('are kept as they were put, the last time counting', async () => {
      const store = open();
      await store.put({ ...state, events: [] });
      await store.put(state);
      await store.put({ ...state, feed: 'market/tern', goodAt: null });
      expect(await store.find('market/heron')).toEqual(state);
      expect(await store.find('market/tern')).toMatchObject({ goodAt: null });
    });

    it('are kept whole when they are long, and when they are short again', async () => {
      const store = open();
      const [event] = state.events;
      const events = Array.from({ length: 5000 }, (_, n) => ({ ...event, uid: `ü${n}"@market.example` }));
      const long = { ...state, events } as FeedState;
      await store.put(long);
      expect(await store.find('market/heron')).toEqual(long);
      await store.put(state);
      expect(await store.find('market/heron')).toEqual(state);
    });
  });
}
