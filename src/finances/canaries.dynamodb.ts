import type { Canaries } from '#platform/egress.ts';
import { type Table, within } from '#platform/table.ts';
import { isBooking, type KnownAmount, needlesOf } from './canaries.ts';

/**
 * How the amounts of some bookings could be spelled, from the partitions of money: for the function that may read them.
 * Whoever may not asks it yes or no.
 */
export function dynamoMoneyCanaries(it: {
  table: Table;
  /** The booking that a crew event belongs to; null for anything unknown. Bookings are looked up by their own id. */
  bookingOf: (aboutId: string) => Promise<string | null>;
  publicWords?: string;
}): Canaries {
  const { table, bookingOf, publicWords = '' } = it;
  const money = within(table, 'MONEY');
  return async (about, audience) => {
    const bookings = new Set(await Promise.all(about.map(id => (isBooking(id) ? id : bookingOf(id)))));
    const known = [...bookings].map(booking =>
      booking === null ? [] : money.list<KnownAmount>({ pk: `AMOUNTS#${booking}` }),
    );
    const amounts = (await Promise.all(known)).flat().map(({ value }) => value);
    return needlesOf(amounts, { about, audience, publicWords });
  };
}
