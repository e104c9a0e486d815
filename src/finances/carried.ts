import type { BookingId } from '#booking/booking.ts';
import type { FinanceNote } from './finance-note.ts';
import type { SaidLetter } from './finance-store.ts';
import type { Amount, LedgerRecord } from './ledger-record.ts';

/** What was said about the money of a booking, word for word and in its order, as it goes from one edition to another. */
export type CarriedNotes = { readonly booking: BookingId; readonly notes: readonly FinanceNote[] };

/** The ledger of a booking and each that it has had, the present one included. */
export type CarriedLedger = {
  readonly ledger: LedgerRecord;
  readonly history: readonly LedgerRecord[];
};

/** An amount the canary knows for good. */
export type CarriedAmount = Amount & { readonly booking: BookingId };

/** What the letters about a booking's money said, each reader's in their order. */
export type CarriedSaid = { readonly booking: BookingId; readonly letters: readonly SaidLetter[] };

/** Reader by reader; in the order of their letters, which sorting keeps. */
export const byReader = (letters: readonly SaidLetter[]): readonly SaidLetter[] => {
  const reader = ({ surface, recipient }: SaidLetter) => JSON.stringify([surface, recipient]);
  return letters.toSorted((a, b) => (reader(a) < reader(b) ? -1 : reader(a) > reader(b) ? 1 : 0));
};
