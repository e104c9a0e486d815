import type { Place, Table } from '#platform/table.ts';
import { type GuestWishes, noWishes, type Wishes } from './guest-wishes.ts';

/** Where a guest's wishes lie. */
export const wishesAt = (booking: string): Place => ({ pk: `WISHES#${booking}`, sk: '-' });

/** The wishes of guests in a table. */
export function dynamoGuestWishes(table: Table): GuestWishes {
  return {
    of: async booking => (await table.get<Wishes>(wishesAt(booking))) ?? noWishes,
    put: (booking, wishes) => table.unit(async unit => unit.put(wishesAt(booking), wishes)),
    forget: booking => table.unit(async unit => unit.remove(wishesAt(booking))),
  };
}
