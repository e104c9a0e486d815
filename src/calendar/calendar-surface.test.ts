import { describe, expect, it } from 'vitest';
import type { Belief } from '#booking/surface.ts';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { movedBooking, testBooking, testFleet } from './calendar.fixture.ts';
import type { Rostered } from './calendar-entry.ts';
import { sqliteCalendarStore } from './calendar-store.sqlite.ts';
import { calendarSurface } from './calendar-surface.ts';

const booking = testBooking();
const cancelled = testBooking({ revision: 3, status: 'cancelled' });

function open() {
  const store = sqliteCalendarStore(openSqlite(':memory:'), {
    clock: settableClock('2027-05-01T12:00:00Z'),
    random: seededRandom('calendar'),
  });
  const crew = { now: [{ person: 'ana', role: 'captain' }] as readonly Rostered[] };
  const surface = calendarSurface({ store, fleet: testFleet, roster: async () => crew.now });
  const say = async (about: typeof booking) => {
    const [wanted] = await surface.desired(about);
    if (!wanted) throw new Error('nothing to say');
    return surface.state(about, wanted, null);
  };
  return { store, surface, say, crew };
}

describe("a booking in the house's calendar", () => {
  it('stands there with vessel, captain, times and status', async () => {
    const { store, say } = open();
    expect(await say(booking)).toEqual({ state: 'stated', url: '/desk/calendar?month=2027-05' });
    expect(await store.ofBooking(booking.id)).toMatchObject({
      charterId: 'xhqgmdh',
      date: '2027-05-30',
      start: { local: '2027-05-30T16:30' },
      vessel: 'heron',
      captain: 'Ana Reyes',
      title: 'Maya Lindqvist, party of 5',
      status: 'confirmed',
      revision: 1,
    });
  });

  it('reads back as what should be said, until a person or a fault changes it', async () => {
    const { store, surface, say } = open();
    expect(await surface.readBack(booking, '-')).toBeNull();
    await say(booking);
    const [wanted] = await surface.desired(booking);
    expect(await surface.readBack(booking, '-')).toBe(wanted?.digest);
    const entry = await store.ofBooking(booking.id);
    await store.change(entry?.id ?? 'cal_', before => ({ ...before, note: 'Fuel first' }));
    expect(await surface.readBack(booking, '-')).toBe(wanted?.digest);
    await store.change(entry?.id ?? 'cal_', before => ({ ...before, date: '2027-05-31' }));
    expect(await surface.readBack(booking, '-')).not.toBe(wanted?.digest);
  });

  it('moves with it and keeps the note; one entry all along', async () => {
    const { store, say, crew } = open();
    await say(booking);
    const first = await store.ofBooking(booking.id);
    await store.change(first?.id ?? 'cal_', before => ({ ...before, note: 'Fuel first' }));
    crew.now = [];
    await say(movedBooking);
    await say(movedBooking);
    expect(await store.list('2027-05-01', '2027-06-30')).toEqual([
      expect.objectContaining({
        id: first?.id,
        revision: 3,
        start: expect.objectContaining({ local: '2027-05-30T15:30' }),
        captain: null,
        note: 'Fuel first',
      }),
    ]);
  });

  it('stays there as cancelled when it is off', async () => {
    const { store, surface, say } = open();
    await say(booking);
    expect(await surface.desired(cancelled)).toEqual([]);
    await surface.withdraw(cancelled, {} as Belief);
    await surface.withdraw(cancelled, {} as Belief);
    expect(await store.ofBooking(booking.id)).toMatchObject({ status: 'cancelled', revision: 2 });
    expect(await surface.readBack(cancelled, '-')).toBeNull();
  });
});
