import type { Table } from '#platform/table.ts';
import { type GuestWishes, noWishes, type Wishes } from './guest-wishes.ts';

/** The wishes of guests in a table. */
export function dynamoGuestWishes(table: Table): GuestWishes {
  const at = (booking: string) => ({ pk: `WISHES#${booking}`, sk: '-' });
  return {
    of: async booking => (await table.get<Wishes>(at(booking))) ?? noWishes,
    put: (booking, wishes) => table.unit(async unit => unit.put(at(booking), wishes)),
    forget: booking => table.unit(async unit => unit.remove(at(booking))),
  };
}
