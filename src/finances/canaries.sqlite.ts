import type { Canaries } from '#platform/egress.ts';
import type { Reader } from '#platform/sqlite.ts';
import { isBooking, type KnownAmount, needlesOf } from './canaries.ts';

/** How the amounts of some bookings could be spelled, from the database of money. Reads synchronously, by key only. */
export function sqliteMoneyCanaries(
  db: Reader,
  /** The booking that a crew event belongs to; null for anything unknown. Bookings are looked up by their own id. */
  bookingOf: (aboutId: string) => string | null,
  publicWords = '',
): Canaries {
  return (about, audience) => {
    const bookings = new Set(about.map(id => (isBooking(id) ? id : bookingOf(id))));
    const amounts = [...bookings].flatMap(booking =>
      booking === null
        ? []
        : db.all<KnownAmount>('SELECT decimal, payee FROM finance_amounts WHERE booking = ?', booking),
    );
    return needlesOf(amounts, { about, audience, publicWords });
  };
}
