import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FeeRule, feesFor, type PayRule, payFor, rulesFrom } from './fee-rules.ts';
import { decimalText, fromRecord, isSame, money, plus, toRecord } from './money.ts';
import { settle, type TripFacts } from './settle.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });

const portFee: FeeRule = {
  from: '2026-01-01',
  source: 'boatsetter',
  label: 'Port and dock fee',
  base: 'gross',
  kind: { percent: '18' },
  paidBy: 'owner',
};
const pay: PayRule[] = [
  { from: '2026-01-01', person: 'ana', kind: { perTrip: usd('150.00') }, paidBy: 'owner' },
  { from: '2026-01-01', role: 'crew', kind: { perTrip: usd('125.00') }, paidBy: 'owner' },
];
const trip: TripFacts = {
  source: 'boatsetter',
  vessel: 'jada',
  day: '2027-05-30',
  minutes: 180,
  sailing: [
    { person: 'ana', role: 'captain' },
    { person: 'luis', role: 'crew' },
    { person: 'kim', role: 'crew' },
  ],
};

describe('settling a trip', () => {
  it('leaves 289.41 of 840.75 after an 18 % port fee, a captain for 150.00 and a crew for 250.00', () => {
    const ledger = settle(money('840.75', 'USD'), trip, [portFee], pay);
    expect(ledger.lines.map(line => [line.label, line.person, decimalText(line.amount)])).toEqual([
      ['Port and dock fee', null, '151.34'],
      ['Captain', 'ana', '150.00'],
      ['Crew', 'luis', '125.00'],
      ['Crew', 'kim', '125.00'],
    ]);
    expect(ledger.net && decimalText(ledger.net)).toBe('289.41');
  });

  it('may end below zero, because that is what the owner has to know', () => {
    const { net } = settle(money('100', 'USD'), trip, [], pay);
    expect(net && decimalText(net)).toBe('-300.00');
  });

  it('leaves out shares of a price that nobody knows, and knows no net', () => {
    const { lines, net } = settle(null, trip, [portFee], pay);
    expect(lines.map(line => line.person)).toEqual(['ana', 'luis', 'kim']);
    expect(net).toBeNull();
  });

  it('charges by the hour exactly: 2 h 20 min at 31.00 are 72.33', () => {
    const hourly: FeeRule = { ...portFee, kind: { perHour: usd('31.00') } };
    const { lines } = settle(money('500', 'USD'), { ...trip, minutes: 140, sailing: [] }, [hourly], []);
    expect(lines.map(line => decimalText(line.amount))).toEqual(['72.33']);
  });

  it('refuses rules in another currency than the price', () => {
    expect(() => settle(money('840.75', 'EUR'), trip, [portFee], pay)).toThrow(
      expect.objectContaining({ code: 'currencies-mixed' }),
    );
  });

  it('always adds up to the cent, whatever the prices and shares', () => {
    const percent = fc
      .integer({ min: 0, max: 999_999 })
      .map(n => ({ percent: `${Math.floor(n / 10_000)}.${String(n % 10_000).padStart(4, '0')}` }));
    const price = fc.integer({ min: 0, max: 99_999_999 }).map(n => usd((n / 100).toFixed(2)));
    const kind = fc.oneof(
      percent,
      price.map(fixed => ({ fixed })),
      price.map(perHour => ({ perHour })),
    );
    const fees = fc
      .array(kind, { maxLength: 6 })
      .map(kinds => kinds.map((each, index): FeeRule => ({ ...portFee, label: `fee ${index}`, kind: each })));
    fc.assert(
      fc.property(fc.nat(100_000_000), fees, fc.nat(2_000), (gross, rules, minutes) => {
        const held = fromRecord({ minor: gross, currency: 'USD' });
        const ledger = settle(held, { ...trip, minutes }, rules, pay);
        if (!ledger.net) throw new Error('no net');
        expect(
          isSame(
            ledger.lines.reduce((sum, line) => plus(sum, line.amount), ledger.net),
            held,
          ),
        ).toBe(true);
        expect(ledger.lines).toHaveLength(rules.length + 3);
      }),
    );
  });
});

describe('which rule counts', () => {
  const on = (day: string, rules: FeeRule[]) => feesFor({ ...trip, day }, rules).map(rule => rule.kind);

  it('takes the version of a fee that is in force on the day of the trip', () => {
    const later: FeeRule = { ...portFee, from: '2027-06-01', kind: { percent: '20' } };
    expect(on('2027-05-31', [portFee, later])).toEqual([{ percent: '18' }]);
    expect(on('2027-06-01', [portFee, later])).toEqual([{ percent: '20' }]);
    expect(on('2025-12-31', [portFee, later])).toEqual([]);
    expect(on('2027-06-01', [{ ...portFee, to: '2027-05-31' }])).toEqual([]);
  });

  it('prefers a rule for this vessel to one for all, and leaves other sources alone', () => {
    const ours: FeeRule = { ...portFee, vessel: 'jada', kind: { percent: '15' } };
    expect(on('2027-05-30', [portFee, ours])).toEqual([{ percent: '15' }]);
    expect(on('2027-05-30', [{ ...portFee, source: 'fareharbor' }])).toEqual([]);
    expect(
      on('2027-05-30', [portFee, { ...portFee, label: 'Fuel', kind: { fixed: usd('20') } }]),
    ).toHaveLength(2);
  });

  it('takes the most particular of several fees with one name: vessel and source, then either, then any', () => {
    const { source: _, ...any } = portFee;
    const forVessel: FeeRule = { ...any, vessel: 'jada', kind: { percent: '15' } };
    const forBoth: FeeRule = { ...portFee, vessel: 'jada', kind: { percent: '12' } };
    const late: FeeRule = { ...any, from: '2027-01-01', kind: { percent: '20' } };
    for (const order of [
      [late, portFee, forBoth, forVessel],
      [forVessel, forBoth, portFee, late],
    ])
      expect(on('2027-05-30', order)).toEqual([{ percent: '12' }]);
    for (const order of [
      [late, portFee],
      [portFee, late],
    ])
      expect(on('2027-05-30', order)).toEqual([{ percent: '18' }]);
    expect(on('2027-05-30', [{ ...any, vessel: 'pelican' }])).toEqual([]);
  });

  it('takes the one that began last among equals, and counts both of its days', () => {
    const versions = ['2026-01-01', '2026-06-01', '2027-01-01', '2025-01-01'].map(
      (from, n): FeeRule => ({ ...portFee, from, kind: { percent: String(n) } }),
    );
    expect(on('2027-05-30', versions)).toEqual([{ percent: '2' }]);
    expect(on('2027-05-30', versions.toReversed())).toEqual([{ percent: '2' }]);
    expect(on('2027-05-30', [{ ...portFee, to: '2027-05-30' }])).toHaveLength(1);
    expect(on('2027-05-30', [{ ...portFee, from: '2027-05-30' }])).toHaveLength(1);
  });

  it('keeps fees with other names apart', () => {
    const fuel: FeeRule = { ...portFee, label: 'Fuel', kind: { percent: '5' } };
    expect(on('2027-05-30', [portFee, fuel])).toEqual([{ percent: '18' }, { percent: '5' }]);
  });

  it('pays by person, then by vessel, then by role', () => {
    const rule = (it: Partial<PayRule>, amount: string): PayRule => ({
      from: '2026-01-01',
      kind: { perTrip: usd(amount) },
      paidBy: 'owner',
      ...it,
    });
    const kim = { person: 'kim', role: 'crew' } as const;
    const onJada = rule({ role: 'crew', vessel: 'jada' }, '130');
    const elsewhere = rule({ role: 'crew', vessel: 'pelican' }, '99');
    const own = rule({ person: 'kim' }, '140');
    const ownAsCrew = rule({ person: 'kim', role: 'crew' }, '145');
    const ownAsCaptain = rule({ person: 'kim', role: 'captain' }, '300');
    const ownOnJada = rule({ person: 'kim', vessel: 'jada' }, '150');
    const all = [...pay, elsewhere, onJada, own, ownAsCaptain, ownAsCrew, ownOnJada];
    const ranked = [ownOnJada, ownAsCrew, own, onJada, pay[1]];
    for (const best of ranked) {
      expect(payFor(kim, trip, all)).toBe(best);
      expect(payFor(kim, trip, all.toReversed())).toBe(best);
      all.splice(all.indexOf(best as PayRule), 1);
    }
    expect(payFor(kim, trip, all)).toBeNull();
  });

  it('pays nobody by a rule that names neither a person nor a role', () => {
    const nobody: PayRule = { from: '2026-01-01', kind: { perTrip: usd('1') }, paidBy: 'owner' };
    expect(payFor({ person: 'kim', role: 'crew' }, trip, [nobody])).toBeNull();
  });

  it('pays a person by their own rule before the one for their role', () => {
    const own: PayRule = {
      from: '2026-01-01',
      person: 'kim',
      kind: { perTrip: usd('140') },
      paidBy: 'owner',
    };
    expect(payFor({ person: 'kim', role: 'crew' }, trip, [...pay, own])).toBe(own);
    expect(payFor({ person: 'luis', role: 'crew' }, trip, [...pay, own])).toBe(pay[1]);
    expect(payFor({ person: 'joan', role: 'captain' }, trip, pay)).toBeNull();
  });
});

describe('rules in the configuration', () => {
  const fee = { from: '2026-01-01', label: 'Port fee', paidBy: 'owner' } as const;

  it('are read with the currency of the books', () => {
    const rules = rulesFrom({
      currency: 'USD',
      fees: [{ ...fee, percent: '18', fixed: undefined }],
      pay: [{ from: '2026-01-01', person: 'ana', perTrip: '150.00', paidBy: 'owner' }],
    });
    expect(rules.fees[0]?.kind).toEqual({ percent: '18' });
    expect(rules.pay[0]?.kind).toEqual({ perTrip: { amount: '150.00', currency: 'USD' } });
    const { net } = settle(money('840.75', 'USD'), trip, rules.fees, rules.pay);
    expect(net && toRecord(net).minor).toBe(84075 - 15134 - 15000);
  });

  it('may be by the hour and by a fixed amount, for fees and for pay', () => {
    const rules = rulesFrom({
      currency: 'USD',
      fees: [
        { ...fee, fixed: '20' },
        { ...fee, perHour: '31' },
      ],
      pay: [{ from: '2026-01-01', role: 'crew', perHour: '40', paidBy: 'owner' }],
    });
    expect(rules.fees.map(({ kind, base }) => [kind, base])).toEqual([
      [{ fixed: usd('20') }, 'gross'],
      [{ perHour: usd('31') }, 'gross'],
    ]);
    expect(rules.pay[0]?.kind).toEqual({ perHour: usd('40') });
  });

  it('are refused in words that lead to the rule and to what it should say', () => {
    const one = { from: '2026-01-01', paidBy: 'owner' } as const;
    const read = (fees: object[], pay: object[]) => () =>
      rulesFrom({
        currency: 'USD',
        fees: fees.map(it => ({ ...fee, ...it })),
        pay: pay.map(it => ({ ...one, ...it })),
      });
    expect(read([{ fixed: '1' }, {}], [])).toThrow(
      expect.objectContaining({
        code: 'money-rule-wrong',
        message: 'money.fees[1] gives no amount.',
        cure: 'Give exactly one of percent, fixed, perHour.',
        data: { field: 'money.fees[1]' },
      }),
    );
    expect(read([], [{ perTrip: '1', perHour: '1', role: 'crew' }])).toThrow(
      expect.objectContaining({
        message: 'money.pay[0] gives more than one amount.',
        cure: 'Give exactly one of perTrip, perHour.',
      }),
    );
    expect(read([], [{ perTrip: '1' }])).toThrow(
      expect.objectContaining({
        message: 'money.pay[0] does not say whose pay it is.',
        cure: 'Give a person or a role.',
      }),
    );
  });

  it('name the rule that gives no amount, two amounts, or an amount finer than a cent', () => {
    const read = (rule: object) => () => rulesFrom({ currency: 'USD', fees: [{ ...fee, ...rule }], pay: [] });
    expect(read({})).toThrow(/money\.fees\[0\] gives no amount/);
    expect(read({ percent: '18', fixed: '20' })).toThrow(/more than one/);
    expect(read({ fixed: '20.005' })).toThrow(expect.objectContaining({ code: 'amount-not-a-decimal' }));
    expect(() =>
      rulesFrom({ currency: 'USD', fees: [], pay: [{ from: '2026-01-01', perTrip: '1', paidBy: 'owner' }] }),
    ).toThrow(/whose pay/);
  });
});
