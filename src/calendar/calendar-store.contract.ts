import { describe, expect, it } from 'vitest';
import { wall } from '#booking/booking.fixture.ts';
import { testBooking, testFleet } from './calendar.fixture.ts';
import { type EntryFacts, factsOf, namesOf } from './calendar-entry.ts';
import type { CalendarStore } from './calendar-store.ts';

const booking = testBooking();
const booked: EntryFacts = { ...factsOf(booking, [], testFleet), note: null };
const keys = { booking: booking.id, names: namesOf(booking) };

const typed = (changes: Partial<EntryFacts> = {}): EntryFacts => ({
  booking: null,
  charterId: null,
  date: '2027-05-30',
  start: null,
  end: null,
  vessel: 'heron',
  captain: null,
  title: 'Haul-out',
  status: 'confirmed',
  note: null,
  ...changes,
});

/** What any store of the calendar promises. `open` gives a fresh one. */
export function calendarStoreContract(open: () => CalendarStore): void {
  it('keeps one entry for a booking, however often and at once it is entered', async () => {
    const store = open();
    const entered = await Promise.all([1, 2, 3].map(() => store.enter(keys, () => booked)));
    expect(entered.map(each => each.outcome).sort()).toEqual(['entered', 'unchanged', 'unchanged']);
    expect(new Set(entered.map(each => each.entry.id)).size).toBe(1);
    expect(await store.list('2027-05-01', '2027-05-31')).toEqual([entered[0]?.entry]);
    expect(await store.ofBooking(booking.id)).toEqual(entered[0]?.entry);
    expect(entered[0]?.entry).toMatchObject({ ...booked, revision: 1, id: expect.stringMatching(/^cal_/) });
  });

  it('erases the guest of a booking and what was typed about them; the day, the vessel and all other entries stay', async () => {
    const store = open();
    const { entry } = await store.enter(keys, () => ({ ...booked, note: 'Carole brings a cake' }));
    const other = await store.enter({ booking: null, names: ['haul-out'] }, () =>
      typed({ note: 'Call Carole' }),
    );
    for (const _ of [1, 2]) await store.forget(booking.id);
    await store.forget('bkg_none');
    const after = await store.ofBooking(booking.id);
    expect(after).toMatchObject({
      id: entry.id,
      title: 'Charter',
      note: null,
      date: entry.date,
      start: entry.start,
      vessel: entry.vessel,
    });
    expect(JSON.stringify([after, ...(await store.list('2027-01-01', '2027-12-31'))])).not.toMatch(
      /Whitfield|cake/,
    );
    expect(await store.find(other.entry.id)).toEqual(other.entry);
  });

  it('counts a revision for each real change', async () => {
    const store = open();
    const { entry } = await store.enter(keys, () => booked);
    const changed = await store.change(entry.id, before => ({ ...before, note: 'Fuel first' }));
    expect(changed).toMatchObject({
      outcome: 'changed',
      entry: { id: entry.id, revision: 2, note: 'Fuel first' },
    });
    expect(await store.change(entry.id, before => before)).toMatchObject({ outcome: 'unchanged' });
    expect((await store.find(entry.id))?.revision).toBe(2);
    expect(await store.change('cal_nothing', before => before)).toBeNull();
    expect(await store.find('cal_nothing')).toBeNull();
  });

  it('gives the booking the entry that a script made under its name before', async () => {
    const store = open();
    const early = await store.enter({ booking: null, names: ['xhqgmdh'] }, () =>
      typed({ charterId: 'xhqgmdh', note: 'Bring the big cooler' }),
    );
    const late = await store.enter(keys, before => ({ ...booked, note: before?.note ?? null }));
    expect(late.entry).toMatchObject({
      id: early.entry.id,
      booking: booking.id,
      note: 'Bring the big cooler',
    });
    expect(await store.list('2027-05-01', '2027-05-31')).toHaveLength(1);
  });

  it('makes one of two entries that turn out to be one charter, and keeps the note', async () => {
    const store = open();
    await store.enter(keys, () => booked);
    await store.enter({ booking: null, names: ['other'] }, () =>
      typed({ charterId: 'other', note: 'Typed' }),
    );
    const names = [...keys.names, 'other'];
    const { entry } = await store.enter({ ...keys, names }, before => ({
      ...booked,
      note: before?.note ?? null,
    }));
    expect(entry.note).toBe('Typed');
    expect(await store.list('2027-05-01', '2027-05-31')).toEqual([entry]);
    const again = await store.enter({ booking: null, names: ['other'] }, before => before ?? typed());
    expect(again).toEqual({ entry, outcome: 'unchanged' });
  });

  it('never gives one booking the entry of another', async () => {
    const store = open();
    await store.enter(keys, () => booked);
    const second = { ...booked, booking: 'bkg_0000000000000002' } as const;
    await store.enter({ booking: second.booking, names: ['xhqgmdh'] }, () => second);
    expect(await store.list('2027-05-01', '2027-05-31')).toHaveLength(2);
    expect((await store.ofBooking(booking.id))?.booking).toBe(booking.id);
  });

  it('makes a new entry each time where nothing names it', async () => {
    const store = open();
    await store.enter({ booking: null, names: [] }, () => typed());
    await store.enter({ booking: null, names: [] }, () => typed());
    expect(await store.list('2027-05-30', '2027-05-30')).toHaveLength(2);
  });

  it('stores nothing when the edit refuses', async () => {
    const store = open();
    const refuse = () => {
      throw new Error('no');
    };
    await expect(store.enter(keys, refuse)).rejects.toThrow('no');
    expect(await store.ofBooking(booking.id)).toBeNull();
  });

  describe('a list of days', () => {
    it('holds what touches them, in order', async () => {
      const store = open();
      const enter = (facts: Partial<EntryFacts>) =>
        store.enter({ booking: null, names: [] }, () => typed(facts));
      await enter({ title: 'afternoon', start: wall('2027-05-30T15:00'), end: wall('2027-05-30T18:00') });
      await enter({ title: 'whole day' });
      await enter({
        title: 'night',
        date: '2027-05-29',
        start: wall('2027-05-29T20:00'),
        end: wall('2027-05-30T01:00'),
      });
      await enter({
        title: 'till midnight',
        date: '2027-05-29',
        start: wall('2027-05-29T20:00'),
        end: wall('2027-05-30T00:00'),
      });
      await enter({
        title: 'long',
        date: '2027-05-01',
        start: wall('2027-05-01T08:00'),
        end: wall('2027-06-20T08:00'),
      });
      await enter({ title: 'next day', date: '2027-05-31' });
      await enter({ title: 'off', status: 'cancelled' });
      const titles = (await store.list('2027-05-30', '2027-05-30')).map(entry => entry.title);
      expect(titles.slice(0, 2)).toEqual(['long', 'night']);
      expect(titles.slice(2, 4).toSorted()).toEqual(['off', 'whole day']);
      expect(titles.slice(4)).toEqual(['afternoon']);
    });

    it('follows an entry that is moved', async () => {
      const store = open();
      const { entry } = await store.enter({ booking: null, names: [] }, () => typed());
      await store.change(entry.id, before => ({ ...before, date: '2027-07-04' }));
      expect(await store.list('2027-05-30', '2027-05-30')).toEqual([]);
      expect(await store.list('2027-07-01', '2027-07-31')).toHaveLength(1);
    });
  });
}
