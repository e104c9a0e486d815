import type { BookingId } from '#booking/booking.ts';
import type { FinanceNote, FinanceProblem } from './finance-note.ts';
import type { Money } from './money.ts';
import type { LedgerLine } from './settle.ts';

/** The ledger of one booking as it stands in the books. */
export type LedgerEntry = {
  readonly booking: BookingId;
  /** The booking's revision it was drawn from. */
  readonly revision: number;
  /** Local day of the trip, by which it falls into a month. */
  readonly on: string;
  readonly vessel: string;
  readonly source: string | null;
  /** `open` until a person has cleared its problems; `reversed` when the booking is off and nothing of it counts. */
  readonly state: 'settled' | 'open' | 'reversed';
  readonly gross: Money | null;
  readonly lines: readonly LedgerLine[];
  readonly net: Money | null;
  readonly tips: Money | null;
  readonly problems: readonly FinanceProblem[];
  /** When it was kept, ISO 8601 UTC. */
  readonly at: string;
};

/** A letter about money that was written: what it said, so that the next can say what changed. */
export type SaidLetter = {
  readonly booking: BookingId;
  readonly surface: 'owner letter' | 'captain letter';
  readonly recipient: string;
  /** The statement it makes; null when it takes back what was said before. */
  readonly digest: string | null;
  readonly letter: string;
  /** The facts it was written from, flat text. */
  readonly facts: Readonly<Record<string, string>>;
};

/**
 * The books: everything about amounts, in a file of its own that no other room opens. Reads see what has been written
 * before them. Amounts that were ever kept stay known to the money canary, also after a change.
 */
export interface FinanceStore {
  /** Keeps what a source said, word for word. Durable when it resolves; idempotent by source and message. */
  note(booking: BookingId, note: FinanceNote): Promise<'kept' | 'already-kept'>;
  /** It turned out to be about another booking: it counts here no longer. Its amounts stay known. Idempotent. */
  unsay(booking: BookingId, note: Pick<FinanceNote, 'source' | 'message'>): Promise<void>;
  /** Everything said about a booking, in the order in which it was kept. */
  notes(booking: BookingId): Promise<readonly FinanceNote[]>;
  /** Puts a ledger in the place of the booking's last one, which stays in the history if it differs by more than its revision. */
  keep(entry: LedgerEntry): Promise<'kept' | 'unchanged'>;
  ledger(booking: BookingId): Promise<LedgerEntry | null>;
  /** Each ledger the booking has had, oldest first, the present one included. */
  history(booking: BookingId): Promise<readonly LedgerEntry[]>;
  /** The present ledgers of the trips of a month (`2027-05`), by day; reversed ones included. */
  month(month: string): Promise<readonly LedgerEntry[]>;
  /**
   * Drops what was typed about a booking (notes, the source's own words for its lines) and what letters said of it.
   * Every amount stays. Idempotent.
   */
  forget(booking: BookingId): Promise<void>;
  /** Notes a letter before it is posted. Idempotent by its letter id. */
  remember(said: SaidLetter): Promise<void>;
  /** The letters written to one recipient about one booking, newest first. */
  said(booking: BookingId, surface: SaidLetter['surface'], recipient: string): Promise<readonly SaidLetter[]>;
}
