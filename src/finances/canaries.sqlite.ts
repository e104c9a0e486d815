import { opened } from '#lib/sealed.ts';
import type { Canaries } from '#platform/egress.ts';
import type { Reader } from '#platform/sqlite.ts';
import { isBooking, type KnownAmount, needlesOf } from './canaries.ts';
import { entryOf, type LedgerRecord } from './ledger-record.ts';

/** How the amounts of some bookings could be spelled, from the database of money. Reads synchronously, by key only. */
export function sqliteMoneyCanaries(
  db: Reader,
  /** The booking that a crew event belongs to; null for anything unknown. Bookings are looked up by their own id. */
  bookingOf: (aboutId: string) => string | null,
  publicWords = '',
): Canaries {
  return (about, audience) => {
    const bookings = [...new Set(about.map(id => (isBooking(id) ? id : bookingOf(id))))].filter(
      booking => booking !== null,
    );
    const amounts = bookings.flatMap(booking =>
      db.all<KnownAmount>('SELECT decimal, payee FROM finance_amounts WHERE booking = ?', booking),
    );
    const ledgers = (audience === 'payee' ? bookings : []).flatMap(booking =>
      db
        .all<{ body: string }>('SELECT body FROM ledgers WHERE booking = ?', booking)
        .map(({ body }) => entryOf(opened<LedgerRecord>(body))),
    );
    return needlesOf(amounts, { about, audience, publicWords, ledgers });
  };
}
