import type { Canaries } from '#platform/egress.ts';
import type { Reader } from '#platform/sqlite.ts';
import { spellings } from './spellings.ts';

/**
 * How the amounts of some bookings could be spelled, for the egress to look for. For a `payee` letter what this person
 * earns is allowed: the letter names the person's id among what it is about. Reads synchronously, by key only.
 */
export function sqliteMoneyCanaries(
  db: Reader,
  /** The booking that a crew event belongs to; null for anything unknown. Bookings are looked up by their own id. */
  bookingOf: (aboutId: string) => string | null,
  /** Words that stand on pages whatever a booking costs (telephone numbers, addresses): a spelling found in them proves nothing. */
  publicWords = '',
): Canaries {
  const bookingsIn = (about: readonly string[]) =>
    new Set(about.map(id => (id.startsWith('bkg_') ? id : bookingOf(id))).filter(id => id !== null));

  return (about, audience) => {
    const amounts = [...bookingsIn(about)].flatMap(booking =>
      db.all<{ decimal: string; payee: string }>(
        'SELECT decimal, payee FROM finance_amounts WHERE booking = ?',
        booking,
      ),
    );
    const needles = new Set(
      amounts
        .flatMap(({ decimal }) => spellings(decimal))
        .filter(spelling => !publicWords.includes(spelling)),
    );
    if (audience !== 'payee') return [...needles];
    const own = amounts.filter(({ payee }) => about.includes(payee));
    for (const { decimal } of own) for (const spelling of spellings(decimal)) needles.delete(spelling);
    return [...needles];
  };
}
