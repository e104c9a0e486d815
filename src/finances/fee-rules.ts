import type { CrewRole } from '#booking/fleet.ts';
import { Refusal } from '#lib/refusal.ts';
import { money } from './money.ts';

/** Who lets go of the cash: the marketplace before it pays out, or the owner afterwards. */
export type PaidBy = 'marketplace' | 'owner';

/** An amount as a rule states it: a decimal string and ISO 4217. */
export type Price = { readonly amount: string; readonly currency: string };

/**
 * One dated fee. Rules with the same label are versions of one fee: of those that apply to a trip the most particular
 * counts (vessel and source, then either), and among equals the one that began last.
 */
export type FeeRule = {
  /** First local day of trips it applies to. */
  readonly from: string;
  /** Last day; open when left out. */
  readonly to?: string | undefined;
  readonly source?: string | undefined;
  readonly vessel?: string | undefined;
  readonly label: string;
  readonly base: 'gross';
  readonly kind: { readonly percent: string } | { readonly fixed: Price } | { readonly perHour: Price };
  readonly paidBy: PaidBy;
};

/** What somebody earns by a trip. A rule for the person goes before one for the role; then as for fees. */
export type PayRule = {
  readonly from: string;
  readonly to?: string | undefined;
  readonly person?: string | undefined;
  readonly role?: CrewRole | undefined;
  readonly vessel?: string | undefined;
  readonly kind: { readonly perTrip: Price } | { readonly perHour: Price };
  readonly paidBy: PaidBy;
};

export type Rules = {
  /** The currency of the books. */
  readonly currency: string;
  readonly fees: readonly FeeRule[];
  readonly pay: readonly PayRule[];
};

/** The fees of a trip, one per label, in the order in which they stand in the rules. */
export function feesFor(
  trip: { source: string | null; vessel: string; day: string },
  rules: readonly FeeRule[],
): readonly FeeRule[] {
  const labels = [...new Set(rules.map(rule => rule.label))];
  return labels.flatMap(label => {
    const chosen = best(
      rules.filter(
        rule =>
          rule.label === label &&
          inForce(rule, trip.day) &&
          (rule.source === undefined || rule.source === trip.source) &&
          (rule.vessel === undefined || rule.vessel === trip.vessel),
      ),
      rule => Number(rule.vessel !== undefined) + Number(rule.source !== undefined),
    );
    return chosen ? [chosen] : [];
  });
}

/** What this person earns by this trip, or null when no rule says. */
export function payFor(
  who: { person: string; role: CrewRole },
  trip: { vessel: string; day: string },
  rules: readonly PayRule[],
): PayRule | null {
  return best(
    rules.filter(
      rule =>
        inForce(rule, trip.day) &&
        (rule.person === undefined ? rule.role !== undefined : rule.person === who.person) &&
        (rule.role === undefined || rule.role === who.role) &&
        (rule.vessel === undefined || rule.vessel === trip.vessel),
    ),
    rule =>
      4 * Number(rule.person !== undefined) +
      2 * Number(rule.vessel !== undefined) +
      Number(rule.role !== undefined),
  );
}

const inForce = (rule: { from: string; to?: string | undefined }, day: string) =>
  rule.from <= day && (rule.to === undefined || day <= rule.to);

function best<R extends { from: string }>(rules: readonly R[], particular: (rule: R) => number): R | null {
  return (
    [...rules].sort(
      (a, b) => particular(b) - particular(a) || (a.from < b.from ? 1 : a.from > b.from ? -1 : 0),
    )[0] ?? null
  );
}

type Written<Keys extends string> = { readonly [K in Keys]?: string | undefined };

/** The rules as a person writes them in the configuration: exactly one of the amounts each. */
export type WrittenRules = {
  readonly currency: string;
  readonly fees: readonly (Omit<FeeRule, 'base' | 'kind'> & Written<'percent' | 'fixed' | 'perHour'>)[];
  readonly pay: readonly (Omit<PayRule, 'kind'> & Written<'perTrip' | 'perHour'>)[];
};

/** Reads the rules out of the configuration. Refuses `money-rule-wrong` with the rule's path, `amount-not-a-decimal`, `currency-unknown`. */
export function rulesFrom({ currency, fees, pay }: WrittenRules): Rules {
  const price = (amount: string): Price => {
    money(amount, currency);
    return { amount, currency };
  };
  return {
    currency,
    fees: fees.map(({ percent, fixed, perHour, ...rule }, index) => {
      const [name, amount] = onlyOne({ percent, fixed, perHour }, `money.fees[${index}]`);
      const kind =
        name === 'percent'
          ? { percent: amount }
          : name === 'fixed'
            ? { fixed: price(amount) }
            : { perHour: price(amount) };
      return { ...rule, base: 'gross', kind };
    }),
    pay: pay.map(({ perTrip, perHour, ...rule }, index) => {
      const path = `money.pay[${index}]`;
      const [name, amount] = onlyOne({ perTrip, perHour }, path);
      if (rule.person === undefined && rule.role === undefined) {
        throw wrong(path, 'does not say whose pay it is', 'Give a person or a role.');
      }
      return { ...rule, kind: name === 'perTrip' ? { perTrip: price(amount) } : { perHour: price(amount) } };
    }),
  };
}

function onlyOne<K extends string>(kinds: Record<K, string | undefined>, path: string): [K, string] {
  const given = (Object.entries(kinds) as [K, string | undefined][]).filter(
    ([, amount]) => amount !== undefined,
  );
  const [first] = given;
  if (first?.[1] === undefined || given.length > 1) {
    const what = first ? 'gives more than one amount' : 'gives no amount';
    throw wrong(path, what, `Give exactly one of ${Object.keys(kinds).join(', ')}.`);
  }
  return [first[0], first[1]];
}

const wrong = (path: string, what: string, cure: string) =>
  new Refusal('money-rule-wrong', `${path} ${what}.`, cure, { field: path });
