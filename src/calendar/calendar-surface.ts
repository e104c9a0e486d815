import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import { nobody, type Statement, type Surface } from '#booking/surface.ts';
import { paths } from '#ui/paths.ts';
import { type EntryFacts, entryDigest, factsOf, namesOf, type Rostered } from './calendar-entry.ts';
import type { CalendarStore } from './calendar-store.ts';

export type CalendarDeps = {
  readonly store: CalendarStore;
  readonly fleet: Fleet;
  /** Who is to sail, from the crew room; without those who declined. */
  readonly roster: (booking: Booking) => Promise<readonly Rostered[]>;
};

type EntryStatement = Statement & { readonly facts: Omit<EntryFacts, 'note'> };

/** The booking's line in the house's calendar. Taken back, it stays there as cancelled. */
export function calendarSurface({ store, fleet, roster }: CalendarDeps): Surface<EntryStatement> {
  return {
    name: 'calendar entry',
    fence: 'open',
    async desired(booking) {
      if (booking.status === 'cancelled') return [];
      const facts = factsOf(booking, await roster(booking), fleet);
      return [{ recipient: nobody, digest: entryDigest({ ...facts, note: null }), facts }];
    },
    async state(booking, { facts }) {
      const keys = { booking: booking.id, names: namesOf(booking) };
      const { entry } = await store.enter(keys, before => ({ ...facts, note: before?.note ?? null }));
      return { state: 'stated', url: paths.deskCalendar(entry.date.slice(0, 7)) };
    },
    async withdraw(booking) {
      const entry = await store.ofBooking(booking.id);
      if (entry) await store.change(entry.id, before => ({ ...before, status: 'cancelled' }));
      return { state: 'stated' };
    },
    async readBack(booking) {
      const entry = await store.ofBooking(booking.id);
      return entry && entry.status !== 'cancelled' ? entryDigest(entry) : null;
    },
  };
}
