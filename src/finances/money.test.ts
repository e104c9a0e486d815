import { inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountText,
  currencyOf,
  decimalText,
  fromRecord,
  isSame,
  minus,
  money,
  negate,
  plus,
  ratio,
  times,
  toRecord,
} from './money.ts';

const secret = money('840.75', 'USD');

describe('an amount does not slip out', () => {
  it('throws where text is made of it', () => {
    expect(() => JSON.stringify({ a: [secret] })).toThrow(/shown/);
    expect(() => `${secret}`).toThrow(/shown/);
    expect(() => String(secret)).toThrow(/shown/);
    expect(() => `net ${secret}`.concat()).toThrow(/shown/);
    expect(() => [secret].join()).toThrow(/shown/);
    expect(() => secret.toLocaleString()).toThrow(/shown/);
    expect(() => secret.valueOf()).toThrow(/shown/);
    expect(() => (secret as unknown as number) + 1).toThrow(/shown/);
    expect(() => (secret as unknown as number) > 1).toThrow(/shown/);
    expect(() => new Error('x', { cause: secret }).cause?.toString()).toThrow(/shown/);
  });

  it('shows nothing where it is copied or looked into', () => {
    expect({ ...secret }).toEqual({});
    expect(Object.values(secret)).toEqual([]);
    expect(Reflect.ownKeys(secret)).toEqual([]);
    expect(Object.getOwnPropertyNames(structuredClone(secret))).toEqual([]);
    const looks = [
      inspect(secret, { showHidden: true, depth: 9, customInspect: true }),
      inspect(secret, { showHidden: true, depth: 9, customInspect: false }),
      inspect({ deep: { in: [secret] } }, { depth: 9 }),
      serialize(secret).toString('latin1'),
      inspect(deserialize(serialize(secret)), { showHidden: true }),
      new TypeError('x', { cause: secret }).stack ?? '',
    ];
    expect(inspect(secret)).toBe('Money(hidden)');
    for (const look of looks) expect(look).not.toMatch(/840|84075|USD/);
  });

  it('comes out where it is asked to on purpose', () => {
    expect(amountText(secret)).toBe('$840.75');
    expect(amountText(secret, 'de-DE')).toBe('840,75\u00a0$');
    expect(decimalText(secret)).toBe('840.75');
    expect(toRecord(secret)).toEqual({ minor: 84075, currency: 'USD' });
    expect(decimalText(fromRecord({ minor: -5, currency: 'USD' }))).toBe('-0.05');
  });
});

describe('reading amounts', () => {
  it('reads decimals exactly in the unit of the currency', () => {
    expect(toRecord(money('0.07', 'USD')).minor).toBe(7);
    expect(toRecord(money('48.3', 'USD')).minor).toBe(4830);
    expect(toRecord(money('48.300', 'USD')).minor).toBe(4830);
    expect(toRecord(money('84000', 'JPY')).minor).toBe(84000);
    expect(toRecord(money('1.234', 'KWD')).minor).toBe(1234);
    expect(decimalText(money('-12', 'USD'))).toBe('-12.00');
    expect(decimalText(money('007', 'JPY'))).toBe('7');
  });

  it.each([
    '840,75',
    '1,234.56',
    '$5',
    '',
    ' 5',
    '5.',
    '.5',
    '5e3',
    'NaN',
    '0x10',
    '84.075',
    '٤',
    '1'.repeat(16),
  ])('refuses %j', text => {
    expect(() => money(text, 'USD')).toThrow(expect.objectContaining({ code: 'amount-not-a-decimal' }));
  });

  it('refuses floats, unknown currencies and what the books cannot hold', () => {
    expect(() => money(840.75 as unknown as string, 'USD')).toThrow(/not an amount/);
    expect(() => money('1', 'XYZ')).toThrow(expect.objectContaining({ code: 'currency-unknown' }));
    expect(() => money('1', 'usd')).toThrow(expect.objectContaining({ code: 'currency-unknown' }));
    expect(() => money('90071992547410', 'USD')).toThrow(
      expect.objectContaining({ code: 'amount-too-large' }),
    );
  });

  it('says how an amount is written in its currency', () => {
    const cureFor = (currency: string) => {
      try {
        money('0.0005', currency);
      } catch (error) {
        return (error as { cure?: string }).cure;
      }
      return 'it was read';
    };
    expect(cureFor('JPY')).toBe('Write it as whole digits such as "84000".');
    expect(cureFor('USD')).toBe('Write it in quotes with a point and at most 2 decimals, such as "840.75".');
    expect(cureFor('KWD')).toBe('Write it in quotes with a point and at most 3 decimals, such as "840.75".');
  });

  it('holds the largest figure that is exact, and nothing beyond it, above and below zero', () => {
    const most = Number.MAX_SAFE_INTEGER;
    for (const minor of [most, -most]) {
      const held = fromRecord({ minor, currency: 'USD' });
      expect(toRecord(held)).toEqual({ minor, currency: 'USD' });
      expect(toRecord(negate(held)).minor).toBe(-minor);
      const cent = fromRecord({ minor: Math.sign(minor), currency: 'USD' });
      expect(() => plus(held, cent)).toThrow(expect.objectContaining({ code: 'amount-too-large' }));
    }
  });

  it.each(['18%', '18.', 'x18', '', '-3', '1e2'])('takes %j for no share', text => {
    expect(() => ratio(text)).toThrow(expect.objectContaining({ code: 'share-not-a-decimal' }));
  });
});

describe('arithmetic', () => {
  const minor = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  const usd = minor.map(n => fromRecord({ minor: n, currency: 'USD' }));

  it('rounds a half away from zero, once, at the end', () => {
    const share = (amount: string, percent: string) =>
      decimalText(times(money(amount, 'USD'), ratio(percent, 100n)));
    expect(share('840.75', '18')).toBe('151.34');
    expect(share('0.05', '10')).toBe('0.01');
    expect(share('0.04', '10')).toBe('0.00');
    expect(share('100.00', '12.345')).toBe('12.35');
    expect(decimalText(times(negate(money('0.05', 'USD')), ratio('10', 100n)))).toBe('-0.01');
  });

  it('never mixes currencies', () => {
    for (const combine of [plus, minus]) {
      expect(() => combine(money('1', 'USD'), money('1', 'EUR'))).toThrow(
        expect.objectContaining({ code: 'currencies-mixed' }),
      );
    }
  });

  it('takes two amounts for the same only with the same figure in the same currency', () => {
    expect(isSame(money('5', 'USD'), money('5.00', 'USD'))).toBe(true);
    expect(isSame(money('5', 'USD'), money('6', 'USD'))).toBe(false);
    expect(isSame(money('5', 'USD'), money('5', 'EUR'))).toBe(false);
  });

  it('gives back what was taken away, and reads what it wrote', () => {
    fc.assert(
      fc.property(usd, usd, (a, b) => {
        expect(toRecord(minus(plus(a, b), b))).toEqual(toRecord(a));
        expect(toRecord(money(decimalText(a), currencyOf(a)))).toEqual(toRecord(a));
        expect(toRecord(plus(a, negate(a))).minor).toBe(0);
      }),
    );
  });

  it('is never more than half a cent away from the exact share', () => {
    fc.assert(
      fc.property(minor, fc.integer({ min: 0, max: 10_000 }), (cents, basisPoints) => {
        const share = times(fromRecord({ minor: cents, currency: 'USD' }), {
          numerator: BigInt(basisPoints),
          denominator: 10_000n,
        });
        const off = BigInt(toRecord(share).minor) * 10_000n - BigInt(cents) * BigInt(basisPoints);
        expect(off <= 5_000n && off >= -5_000n).toBe(true);
      }),
    );
  });
});
