import type { Booking } from '#booking/booking.ts';
import { Refusal } from '#lib/refusal.ts';
import { dayOf, epochOf } from '#lib/zoned.ts';
import type { Rules } from './fee-rules.ts';
import type { FinanceNote, FinanceProblem } from './finance-note.ts';
import type { LedgerEntry } from './finance-store.ts';
import { fractionDigits, isNegative, type Money, money, plus } from './money.ts';
import { type Sailing, settle } from './settle.ts';

/** What the sources' words on a booking come to, taken together. */
export type Stated = {
  readonly source: string | null;
  readonly gross: Money | null;
  /** For the crew, never revenue. */
  readonly tips: Money | null;
  readonly problems: readonly FinanceProblem[];
};

/**
 * Draws up the ledger of a booking from what was said about it and the rules in force on its day. The same messages
 * give the same ledger, in whatever order they came. What cannot be worked out is left open with its problem, never guessed:
 * without knowing who sails (`sailing` null) nobody's pay is known, and so no net.
 */
export function drawLedger(
  booking: Booking,
  notes: readonly FinanceNote[],
  sailing: readonly Sailing[] | null,
  rules: Rules,
): Omit<LedgerEntry, 'at'> {
  const stated = whatWasStated(notes, rules.currency);
  const source = stated.source ?? booking.names[0]?.source ?? null;
  const trip = {
    source,
    vessel: booking.vessel,
    day: dayOf(booking.start),
    minutes: Math.round((epochOf(booking.end) - epochOf(booking.start)) / 60_000),
    sailing: sailing ?? [],
  };
  const { gross, lines, net, unpaid } = settle(stated.gross, trip, rules.fees, rules.pay);
  // Without a single pay rule, pay is not kept here; with some, a missing one is a mistake in the net.
  const missing = rules.pay.length > 0 ? unpaid.map(who => payUnknown(who.person)) : [];
  const problems = [...stated.problems, ...(sailing ? missing : [crewNotKnown])];
  return {
    booking: booking.id,
    revision: booking.revision,
    on: trip.day,
    vessel: booking.vessel,
    source,
    state: problems.length > 0 ? 'open' : 'settled',
    gross,
    lines,
    net: sailing && net,
    tips: stated.tips,
    problems,
  };
}

/** Reads the notes: the latest word on the gross counts, tips add up. Anything unclear becomes a problem, not a figure. */
export function whatWasStated(notes: readonly FinanceNote[], currency: string): Stated {
  const inOrder = [...notes].sort((a, b) => compare(a.at, b.at) || compare(a.message, b.message));
  const last = inOrder.findLast(note => note.gross !== null);
  const problems: FinanceProblem[] = [];
  const tips = tipsOf(inOrder, currency, problems);
  if (!last) {
    problems.push({
      code: 'gross-missing',
      message: 'Nobody has said yet what the guest pays.',
      cure: 'Enter the amount, or ask the marketplace.',
    });
    return { source: inOrder.at(-1)?.source ?? null, gross: null, tips, problems };
  }
  return { source: last.source, gross: grossOf(last, currency, problems), tips, problems };
}

function grossOf(note: FinanceNote, currency: string, problems: FinanceProblem[]): Money | null {
  if (otherThan(currency, note)) {
    problems.push({
      code: 'currency-other',
      message: `${note.source} states the price in another currency than the books, which are kept in ${currency}.`,
      cure: `Enter the amount in ${currency} as it reached the bank.`,
    });
    return null;
  }
  const gross = readable(note.gross ?? '', currency);
  if (!gross) {
    problems.push({
      code: 'gross-unreadable',
      message: `${note.source} states a price that is not a plain decimal.`,
      cure: `Look at the message and enter the amount with at most ${fractionDigits(currency)} decimals.`,
    });
    return null;
  }
  if (isNegative(gross)) {
    problems.push({
      code: 'gross-negative',
      message: `${note.source} states a price below zero.`,
      cure: 'A refund is not a price: enter what the guest pays in the end.',
    });
    return null;
  }
  return gross;
}

function tipsOf(notes: readonly FinanceNote[], currency: string, problems: FinanceProblem[]): Money | null {
  // A later message repeats the lines of the earlier ones, so the last that has any speaks for all.
  const last = notes.findLast(note => note.lines && note.lines.length > 0);
  let sum: Money | null = null;
  for (const line of last?.lines ?? []) {
    if (line.kind !== 'tip') continue;
    const tip = last && !otherThan(currency, last) ? readable(line.amount, currency) : null;
    if (!tip || isNegative(tip)) {
      problems.push({
        code: 'tip-unreadable',
        message: `${last?.source} states a tip that cannot be read.`,
        cure: 'Look at the message and tell the crew what is theirs.',
      });
      continue;
    }
    sum = sum ? plus(sum, tip) : tip;
  }
  return sum;
}

const otherThan = (currency: string, note: FinanceNote) =>
  note.currency !== null && note.currency.toUpperCase() !== currency;

const crewNotKnown: FinanceProblem = {
  code: 'crew-not-known',
  message: 'Nobody knows yet who sails: the crew event is not made. Pay and net wait for it.',
  cure: 'It is tried again by itself; the booking on the desk shows what keeps it.',
};

const payUnknown = (person: string): FinanceProblem => ({
  code: 'pay-unknown',
  message: `No rule says what ${person} earns by this trip: it is missing from the net.`,
  cure: 'Add a pay rule for this person or role to the configuration.',
});

function readable(decimal: string, currency: string): Money | null {
  try {
    return money(decimal, currency);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
