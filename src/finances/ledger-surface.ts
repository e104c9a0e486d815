import type { Booking } from '#booking/booking.ts';
import { nobody, type Statement, type Surface } from '#booking/surface.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { digestOf } from '#lib/digest.ts';
import { drawLedger } from './draw-ledger.ts';
import type { Rules } from './fee-rules.ts';
import type { FinanceStore, LedgerEntry } from './finance-store.ts';
import { decimalText } from './money.ts';
import type { Sailing } from './settle.ts';

/** What every surface of the books works from. */
export type Books = {
  readonly store: FinanceStore;
  readonly rules: Rules;
  /** Who is on a trip, from the crew room; null while nobody can know, because its event is not made yet. */
  readonly sailing: (booking: Booking) => Promise<readonly Sailing[] | null>;
  readonly clock: Clock;
};

/** The ledger of a booking as it should be now, and who sails by it; what stands in the books may be older. */
export async function ledgerNow(
  { store, sailing, rules }: Books,
  booking: Booking,
): Promise<{ ledger: Omit<LedgerEntry, 'at'>; sailing: readonly Sailing[] | null }> {
  const [notes, crew] = await Promise.all([store.notes(booking.id), sailing(booking)]);
  return { ledger: drawLedger(booking, notes, crew, rules), sailing: crew };
}

/**
 * Names the state of what a ledger is drawn from beside the booking: what was said about amounts, by counting it, and
 * who sails. It leaves the fence as the name of a run, so it must say nothing about amounts.
 */
export const booksTag =
  ({ store, sailing }: Pick<Books, 'store' | 'sailing'>) =>
  async (booking: Booking): Promise<string> => {
    const [notes, crew] = await Promise.all([store.notes(booking.id), sailing(booking)]);
    return `${notes.length}.${digestOf(crew).slice(0, 8)}`;
  };

/** Equal for ledgers that say the same, whichever revision they were drawn from. Stays behind the fence. */
export function ledgerDigest({ gross, net, tips, ...entry }: Omit<LedgerEntry, 'at'>): string {
  const told = (amount: typeof gross) => amount && decimalText(amount);
  const { on, vessel, source, state } = entry;
  // Codes only: a better wording in the next version is no news to anybody.
  const problems = entry.problems.map(problem => problem.code);
  const lines = entry.lines.map(line => ({ ...line, amount: told(line.amount) }));
  return digestOf({
    on,
    vessel,
    source,
    state,
    problems,
    lines,
    gross: told(gross),
    net: told(net),
    tips: told(tips),
  });
}

type LedgerStatement = Statement & { readonly ledger: Omit<LedgerEntry, 'at'> };

/** The books' own page on a booking. A booking that is off keeps its ledger, reversed, so that the month shows it. */
export function ledgerSurface(books: Books): Surface<LedgerStatement> {
  const { store, clock } = books;
  return {
    name: 'ledger',
    fence: 'owner',
    async desired(booking) {
      if (booking.status === 'cancelled') return [];
      const { ledger } = await ledgerNow(books, booking);
      return [{ recipient: nobody, digest: ledgerDigest(ledger), ledger }];
    },
    async state(_booking, { ledger }) {
      await store.keep({ ...ledger, at: isoInstant(clock.now()) });
      return { state: 'stated' };
    },
    async withdraw(booking) {
      const entry = await store.ledger(booking.id);
      if (entry && entry.state !== 'reversed') {
        await store.keep({
          ...entry,
          state: 'reversed',
          revision: booking.revision,
          at: isoInstant(clock.now()),
        });
      }
      return { state: 'stated' };
    },
    async readBack(booking) {
      const entry = await store.ledger(booking.id);
      return entry && entry.state !== 'reversed' ? ledgerDigest(entry) : null;
    },
  };
}
