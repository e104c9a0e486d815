import type { HoldsMoney, moneyMark } from '#lib/money-free.ts';
import { Refusal } from '#lib/refusal.ts';

let make: (minor: bigint, currency: string) => Money;
let open: (held: Money) => { minor: bigint; currency: string };

/**
 * An amount that cannot slip out: JSON, templates and concatenation throw; spreading, inspecting and cloning show nothing.
 * The ways out are explicit and all in this file: `amountText` for the owner's eyes, `decimalText` for exports,
 * `toRecord` for the store.
 */
export class Money implements HoldsMoney {
  declare readonly [moneyMark]: true;
  readonly #minor: bigint;
  readonly #currency: string;

  private constructor(minor: bigint, currency: string) {
    this.#minor = minor;
    this.#currency = currency;
  }

  static {
    make = (minor, currency) => new Money(minor, currency);
    open = held => ({ minor: held.#minor, currency: held.#currency });
  }

  toJSON(): never {
    return refuseToShow();
  }

  toString(): never {
    return refuseToShow();
  }

  valueOf(): never {
    return refuseToShow();
  }

  [Symbol.toPrimitive](): never {
    return refuseToShow();
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return 'Money(hidden)';
  }
}

/** An amount as it is kept in the money file: safe integer minor units (cents) and ISO 4217 code. */
export type MoneyRecord = { readonly minor: number; readonly currency: string };

/**
 * Reads a decimal such as `840.75` exactly. Never a float: a number is refused, and so are digits finer than the
 * currency's smallest unit. Refuses `amount-not-a-decimal`, `currency-unknown`, `amount-too-large`.
 */
export function money(decimal: string, currency: string): Money {
  const digits = fractionDigits(currency);
  const parts = typeof decimal === 'string' ? /^(-?)(\d{1,15})(?:\.(\d{1,9}))?$/.exec(decimal) : null;
  const [, sign = '', whole = '', fraction = ''] = parts ?? [];
  if (!parts || /[1-9]/.test(fraction.slice(digits))) {
    throw new Refusal(
      'amount-not-a-decimal',
      `This is not an amount in ${currency}.`,
      digits === 0
        ? 'Write it as whole digits such as "84000".'
        : `Write it in quotes with a point and at most ${digits} decimals, such as "840.75".`,
    );
  }
  const minor = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return within(sign ? -minor : minor, currency);
}

/** Nothing, in a currency: where sums begin. */
export const zero = (currency: string): Money => money('0', currency);

export function plus(a: Money, b: Money): Money {
  return within(open(a).minor + open(b).minor, sharedCurrency(a, b));
}

export function minus(a: Money, b: Money): Money {
  return within(open(a).minor - open(b).minor, sharedCurrency(a, b));
}

export const negate = (a: Money): Money => within(-open(a).minor, open(a).currency);

/** A fraction such as 18/100; the denominator is positive. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint };

/** Reads a decimal such as `18` or `12.5` as an exact fraction, to be divided once more by `per`. */
export function ratio(decimal: string, per = 1n): Ratio {
  const parts = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(decimal);
  if (!parts) {
    throw new Refusal(
      'share-not-a-decimal',
      'This is not a share or a rate.',
      'Write it in quotes with a point, such as "18" or "12.5".',
    );
  }
  const fraction = parts[2] ?? '';
  return { numerator: BigInt(`${parts[1]}${fraction}`), denominator: 10n ** BigInt(fraction.length) * per };
}

/** Multiplies exactly, then rounds half-up in magnitude to the smallest unit: a half goes away from zero, so signs do not matter. */
export function times(a: Money, by: Ratio): Money {
  const { minor, currency } = open(a);
  const product = minor * by.numerator;
  const size = product < 0n ? -product : product;
  const rounded = (2n * size + by.denominator) / (2n * by.denominator);
  return within(product < 0n ? -rounded : rounded, currency);
}

export const currencyOf = (a: Money): string => open(a).currency;

export const isNegative = (a: Money): boolean => open(a).minor < 0n;

export const isSame = (a: Money, b: Money): boolean =>
  open(a).minor === open(b).minor && open(a).currency === open(b).currency;

/** `$840.75`: for the owner's pages and letters only. */
export function amountText(a: Money, locale = 'en-US'): string {
  const currency = currencyOf(a);
  const key = `${locale} ${currency}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, { style: 'currency', currency });
  formats.set(key, format);
  return format.format(decimalText(a) as `${number}`);
}

const formats = new Map<string, Intl.NumberFormat>();

/** `840.75`: for exports that machines read, and only those of the owner. */
export function decimalText(a: Money): string {
  const { minor, currency } = open(a);
  const digits = fractionDigits(currency);
  const size = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const whole = size.slice(0, size.length - digits);
  const sign = minor < 0n ? '-' : '';
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${size.slice(-digits)}`;
}

/** For the money file, nowhere else. */
export const toRecord = (a: Money): MoneyRecord => ({
  minor: Number(open(a).minor),
  currency: open(a).currency,
});

export const fromRecord = (record: MoneyRecord): Money => within(BigInt(record.minor), record.currency);

const largest = BigInt(Number.MAX_SAFE_INTEGER);

function within(minor: bigint, currency: string): Money {
  if (minor > largest || minor < -largest) {
    throw new Refusal(
      'amount-too-large',
      'This amount is larger than the books can hold.',
      'Check the figure for a missing decimal point.',
    );
  }
  return make(minor, currency);
}

function sharedCurrency(a: Money, b: Money): string {
  const [first, second] = [currencyOf(a), currencyOf(b)];
  if (first !== second) {
    throw new Refusal(
      'currencies-mixed',
      `Amounts in ${first} and in ${second} cannot be added up.`,
      'Give the fee and pay rules of this trip in the currency it was sold in.',
    );
  }
  return first;
}

const known = new Map<string, number>();

/** Decimals of the currency's smallest unit by ISO 4217: 2 for USD, 0 for JPY, 3 for KWD. Refuses `currency-unknown`. */
export function fractionDigits(currency: string): number {
  const cached = known.get(currency);
  if (cached !== undefined) return cached;
  if (!Intl.supportedValuesOf('currency').includes(currency)) {
    throw new Refusal(
      'currency-unknown',
      'This is not the code of a currency.',
      'Use the three capital letters of ISO 4217, such as USD.',
    );
  }
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const digits = maximumFractionDigits ?? 2;
  known.set(currency, digits);
  return digits;
}

function refuseToShow(): never {
  throw new TypeError('An amount was about to be shown. Use amountText, decimalText or toRecord on purpose.');
}
