import type { BookingId } from '#booking/booking.ts';
import type { Canaries } from '#platform/egress.ts';
import { type Table, within } from '#platform/table.ts';
import { isBooking, type KnownAmount, needlesOf } from './canaries.ts';
import { dynamoFinanceStore } from './finance-store.dynamodb.ts';

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
  const books = dynamoFinanceStore(table);
  return async (about, audience) => {
    const asked = await Promise.all(about.map(id => (isBooking(id) ? id : bookingOf(id))));
    const bookings = [...new Set(asked)].filter(booking => booking !== null);
    const known = bookings.map(booking => money.list<KnownAmount>({ pk: `AMOUNTS#${booking}` }));
    const amounts = (await Promise.all(known)).flat().map(({ value }) => value);
    const present = (audience === 'payee' ? bookings : []).map(booking => books.ledger(booking as BookingId));
    const ledgers = (await Promise.all(present)).filter(entry => entry !== null);
    return needlesOf(amounts, { about, audience, publicWords, ledgers });
  };
}
