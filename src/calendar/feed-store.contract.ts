import { expect, it } from 'vitest';
import { wall } from '#booking/booking.fixture.ts';
import type { Feed, FeedFacts, FeedStore } from './feed-store.ts';

const ana: Feed = { kind: 'person', subject: 'ana' };
const one = 'bkg_0000000000000001';
const always = { endsAfter: '', cancelledAfter: '' };
const at = (minute: number) => `2027-05-01T12:0${minute}:00.000Z`;

const facts = (changes: Partial<FeedFacts> = {}): FeedFacts => ({
  uid: `${one}@crew.example`,
  status: 'CONFIRMED',
  start: wall('2027-05-30T16:30'),
  end: wall('2027-05-30T19:30'),
  summary: 'Heron: charter (captain)',
  location: 'Dock C',
  description: null,
  geo: { latitude: 32.7, longitude: -117.2 },
  ...changes,
});

/** What any store of feeds promises. `open` gives a fresh one. */
export function feedStoreContract(open: () => FeedStore): void {
  it('says a thing once, and counts up only when it says something else', async () => {
    const store = open();
    const first = await store.put(ana, one, { revision: 1, at: at(0) }, facts());
    expect(first).toEqual({ ...facts(), booking: one, sequence: 1, changedAt: at(0) });
    expect(await store.put(ana, one, { revision: 2, at: at(1) }, facts())).toEqual(first);
    const moved = await store.put(
      ana,
      one,
      { revision: 5, at: at(2) },
      facts({ start: wall('2027-05-30T15:30') }),
    );
    expect(moved).toMatchObject({ sequence: 5, changedAt: at(2) });
    const off = await store.put(ana, one, { revision: 5, at: at(3) }, { ...moved, status: 'CANCELLED' });
    expect(off.sequence).toBe(6);
    expect(await store.find(ana, one)).toEqual(off);
  });

  it('keeps feeds apart', async () => {
    const store = open();
    await store.put(ana, one, { revision: 1, at: at(0) }, facts());
    for (const other of [
      { kind: 'person', subject: 'luis' },
      { kind: 'vessel', subject: 'ana' },
    ] as const) {
      expect(await store.find(other, one)).toBeNull();
      expect(await store.list(other, always)).toEqual([]);
    }
  });

  it('drops a booking from every feed', async () => {
    const store = open();
    const vessel = { kind: 'vessel', subject: 'jada' } as const;
    const two = 'bkg_0000000000000002';
    for (const feed of [ana, vessel]) {
      await store.put(feed, one, { revision: 1, at: at(0) }, facts());
      await store.put(feed, two, { revision: 1, at: at(0) }, facts());
    }
    await store.forget(one);
    await store.forget(one);
    for (const feed of [ana, vessel]) {
      expect(await store.find(feed, one)).toBeNull();
      expect((await store.list(feed, always)).map(({ booking }) => booking)).toEqual([two]);
    }
  });

  it('lists what is not long over and not long cancelled, by start', async () => {
    const store = open();
    const put = (n: number, changes: Partial<FeedFacts>, minute = 0) =>
      store.put(ana, `bkg_000000000000000${n}`, { revision: 1, at: at(minute) }, facts(changes));
    await put(1, {});
    await put(2, { start: wall('2027-05-02T10:00'), end: wall('2027-05-02T12:00') });
    await put(3, { start: wall('2025-05-02T10:00'), end: wall('2025-05-02T12:00') });
    await put(4, { status: 'CANCELLED' }, 1);
    await put(5, { status: 'CANCELLED', start: wall('2025-05-02T10:00'), end: wall('2025-05-02T12:00') }, 3);
    const listed = await store.list(ana, { endsAfter: '2026-05-01T00:00:00Z', cancelledAfter: at(2) });
    expect(listed.map(entry => entry.booking.at(-1))).toEqual(['5', '2', '1']);
  });
}
