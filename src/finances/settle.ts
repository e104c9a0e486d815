import type { CrewRole } from '#booking/fleet.ts';
import type { ZonedTime } from '#lib/zoned.ts';
import { type FeeRule, feesFor, type PaidBy, type PayRule, type Price, payFor } from './fee-rules.ts';
import type { Money, Ratio } from './money.ts';
import { isSame, minus, money, plus, ratio, times } from './money.ts';

/** Somebody who is on a trip, as the crew room knows it. */
export type Sailing = {
  readonly person: string;
  readonly role: CrewRole;
  /** When they are due on board; the vessel's usual time before the start if not said. */
  readonly callTime?: ZonedTime | undefined;
};

/** What the rules are asked about. */
export type TripFacts = {
  /** The source it was sold through; null when nobody but the owner sold it. */
  readonly source: string | null;
  readonly vessel: string;
  /** Local day of the start. */
  readonly day: string;
  readonly minutes: number;
  readonly sailing: readonly Sailing[];
};

export type LedgerLine = {
  readonly kind: 'fee' | CrewRole;
  readonly label: string;
  /** Who earns it; null for a fee. */
  readonly person: string | null;
  readonly amount: Money;
  readonly paidBy: PaidBy;
};

/** What comes in, what goes out and what stays. Without a gross there is no net, and no line that is a share of it. */
export type Ledger = {
  readonly gross: Money | null;
  readonly lines: readonly LedgerLine[];
  readonly net: Money | null;
  /** Who sails without a rule saying what they earn. */
  readonly unpaid: readonly Sailing[];
};

/**
 * Works a trip out: each line rounded half-up to the smallest unit, net = gross less the lines, never rounded itself.
 * Refuses `currencies-mixed` when rules and gross are not in one currency.
 */
export function settle(
  gross: Money | null,
  trip: TripFacts,
  fees: readonly FeeRule[],
  pay: readonly PayRule[],
): Ledger {
  const hours: Ratio = { numerator: BigInt(trip.minutes), denominator: 60n };
  const lines: LedgerLine[] = [];
  const unpaid: Sailing[] = [];

  for (const { label, kind, paidBy } of feesFor(trip, fees)) {
    const amount =
      'percent' in kind
        ? gross && times(gross, ratio(kind.percent, 100n))
        : 'fixed' in kind
          ? priced(kind.fixed)
          : times(priced(kind.perHour), hours);
    if (amount) lines.push({ kind: 'fee', label, person: null, amount, paidBy });
  }
  for (const who of trip.sailing) {
    const rule = payFor(who, trip, pay);
    if (!rule) {
      unpaid.push(who);
      continue;
    }
    const amount =
      'perTrip' in rule.kind ? priced(rule.kind.perTrip) : times(priced(rule.kind.perHour), hours);
    const label = who.role === 'captain' ? 'Captain' : 'Crew';
    lines.push({ kind: who.role, label, person: who.person, amount, paidBy: rule.paidBy });
  }

  if (!gross) return { gross, lines, net: null, unpaid };
  const net = lines.reduce((rest, line) => minus(rest, line.amount), gross);
  if (
    !isSame(
      lines.reduce((sum, line) => plus(sum, line.amount), net),
      gross,
    )
  ) {
    throw new Error('the lines of a ledger do not add up');
  }
  return { gross, lines, net, unpaid };
}

const priced = (price: Price) => money(price.amount, price.currency);
