import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allThree, testBooking, testNote, testRules, wall } from './books.fixture.ts';
import { drawLedger, whatWasStated } from './draw-ledger.ts';
import { rulesFrom } from './fee-rules.ts';
import { ledgerDigest } from './ledger-surface.ts';
import { decimalText } from './money.ts';

const drawn = (notes: Parameters<typeof drawLedger>[1], booking = testBooking()) =>
  drawLedger(booking, notes, allThree, testRules);
const problemsOf = (notes: Parameters<typeof drawLedger>[1]) => drawn(notes).problems.map(each => each.code);

describe('the ledger of a booking', () => {
  it('is settled to the cent from one message', () => {
    const entry = drawn([testNote()]);
    expect(entry.state).toBe('settled');
    expect(entry.net && decimalText(entry.net)).toBe('289.41');
    expect([entry.on, entry.source, entry.revision]).toEqual(['2027-05-30', 'boatsetter', 1]);
  });

  it('takes the latest word on the price, in whatever order the messages came', () => {
    const notes = [
      testNote({ message: 'a', gross: '700.00' }),
      testNote({ message: 'b', at: '2027-05-03T08:00:00.000Z', gross: '840.75' }),
      testNote({ message: 'c', at: '2027-05-04T08:00:00.000Z', gross: null, currency: null }),
    ];
    const expected = ledgerDigest(drawn(notes));
    fc.assert(
      fc.property(fc.shuffledSubarray(notes, { minLength: 3 }), shuffled => {
        expect(ledgerDigest(drawn(shuffled))).toBe(expected);
      }),
    );
    expect(decimalText(drawn(notes).net ?? never())).toBe('289.41');
  });

  it('knows no net while nobody knows who sails, which is not the same as a trip without crew', () => {
    const unknown = drawLedger(testBooking(), [testNote()], null, testRules);
    expect([unknown.state, unknown.net, unknown.problems.map(({ code }) => code)]).toEqual([
      'open',
      null,
      ['crew-not-known'],
    ]);
    const alone = drawLedger(testBooking(), [testNote()], [], testRules);
    expect([alone.state, alone.net && decimalText(alone.net)]).toEqual(['settled', '689.41']);
    expect(ledgerDigest(unknown)).not.toBe(ledgerDigest(alone));
  });

  it('never counts a tip as revenue', () => {
    const entry = drawn([
      testNote({
        lines: [
          { kind: 'tip', label: 'Gratuity', amount: '100.00' },
          { kind: 'charge', label: 'Cleaning', amount: '40.00' },
          { kind: 'tip', label: 'More', amount: '20.50' },
        ],
      }),
    ]);
    expect(entry.tips && decimalText(entry.tips)).toBe('120.50');
    expect(entry.net && decimalText(entry.net)).toBe('289.41');
  });

  it('does not notice a change that has nothing to do with money', () => {
    const moved = testBooking({
      revision: 2,
      start: wall('2027-05-30T15:30'),
      end: wall('2027-05-30T18:30'),
    });
    expect(ledgerDigest(drawn([testNote()], moved))).toBe(ledgerDigest(drawn([testNote()])));
  });

  it('takes the later name of two messages of one moment, whichever came first', () => {
    const notes = [testNote({ message: 'a', gross: '700.00' }), testNote({ message: 'b' })];
    for (const order of [notes, notes.toReversed()])
      expect(decimalText(drawn(order).gross ?? never())).toBe('840.75');
  });

  it('takes tips from the last message that has any lines, for one with none repeats nothing', () => {
    const tip = { kind: 'tip', label: 'Gratuity', amount: '20.00' } as const;
    const later = '2027-05-02T12:00:00.000Z';
    for (const lines of [undefined, []]) {
      const silent = testNote({ message: 'b', at: later, ...(lines ? { lines } : {}) });
      expect(decimalText(drawn([testNote({ lines: [tip] }), silent]).tips ?? never())).toBe('20.00');
    }
    const charged = testNote({ message: 'b', at: later, lines: [{ ...tip, kind: 'charge' }] });
    expect(drawn([testNote({ lines: [tip] }), charged]).tips).toBeNull();
  });

  it('knows the source from who spoke of money, else from whoever sold the trip, else not', () => {
    expect(drawn([testNote({ gross: null, source: 'manual' })]).source).toBe('manual');
    const silent = [
      testNote({ gross: null, source: 'manual' }),
      testNote({ gross: null, message: 'z', source: 'boatsetter' }),
    ];
    expect(drawn(silent).source).toBe('boatsetter');
    expect(drawn([]).source).toBe('boatsetter');
    expect(drawn([], testBooking({ names: [] })).source).toBeNull();
  });

  it('charges a fee by the hour for as long as the trip takes', () => {
    const hourly = rulesFrom({
      currency: 'USD',
      fees: [{ from: '2026-01-01', label: 'Fuel', perHour: '31.00', paidBy: 'owner' }],
      pay: [],
    });
    const { lines } = drawLedger(testBooking(), [testNote()], [], hourly);
    expect(lines.map(line => decimalText(line.amount))).toEqual(['93.00']);
  });

  it('charges no fee of a marketplace that did not sell the trip', () => {
    const entry = drawn([testNote({ source: 'manual' })], testBooking({ names: [] }));
    expect(entry.lines.map(line => line.kind)).toEqual(['captain', 'crew', 'crew']);
  });
});

describe('what cannot be worked out', () => {
  it.each([
    ['is missing', [], ['gross-missing']],
    ['was never stated', [testNote({ gross: null })], ['gross-missing']],
    ['is garbage', [testNote({ gross: 'about 800' })], ['gross-unreadable']],
    ['is finer than a cent', [testNote({ gross: '840.755' })], ['gross-unreadable']],
    ['is negative', [testNote({ gross: '-840.75' })], ['gross-negative']],
    ['is in another currency', [testNote({ currency: 'EUR' })], ['currency-other']],
    [
      'has a tip of garbage',
      [testNote({ lines: [{ kind: 'tip', label: 'Tip', amount: 'some' }] })],
      ['tip-unreadable'],
    ],
  ])('is a problem with a cure when the price %s', (_what, notes, codes) => {
    expect(problemsOf(notes)).toEqual(codes);
    expect(drawn(notes).state).toBe('open');
  });

  it('is told to the owner in words, each with what to do about it', () => {
    const tip = { kind: 'tip', label: 'Tip', amount: 'some' } as const;
    const told = [
      testNote({ gross: null }),
      testNote({ gross: 'about 800' }),
      testNote({ gross: '-840.75' }),
      testNote({ currency: 'EUR' }),
      testNote({ lines: [tip] }),
    ].flatMap(note => drawn([note]).problems);
    const unknown = drawLedger(testBooking(), [testNote()], null, testRules).problems;
    const unpaid = drawLedger(testBooking(), [testNote()], [{ person: 'joan', role: 'captain' }], testRules);
    const all = [...told, ...unknown, ...unpaid.problems];
    expect(all.map(({ message, cure }) => `${message} | ${cure}`)).toMatchInlineSnapshot(`
      [
        "Nobody has said yet what the guest pays. | Enter the amount, or ask the marketplace.",
        "boatsetter states a price that is not a plain decimal. | Look at the message and enter the amount with at most 2 decimals.",
        "boatsetter states a price below zero. | A refund is not a price: enter what the guest pays in the end.",
        "boatsetter states the price in another currency than the books, which are kept in USD. | Enter the amount in USD as it reached the bank.",
        "boatsetter states a tip that cannot be read. | Look at the message and tell the crew what is theirs.",
        "Nobody knows yet who sails: the crew event is not made. Pay and net wait for it. | It is tried again by itself; the booking on the desk shows what keeps it.",
        "No rule says what joan earns by this trip: it is missing from the net. | Add a pay rule for this person or role to the configuration.",
      ]
    `);
  });

  it('is a tip of less than nothing, or in another currency than the books', () => {
    const tip = { kind: 'tip', label: 'Tip', amount: '-5.00' } as const;
    expect(problemsOf([testNote({ lines: [tip] })])).toEqual(['tip-unreadable']);
    const foreign = testNote({ currency: 'EUR', lines: [{ ...tip, amount: '5.00' }] });
    expect(problemsOf([foreign])).toEqual(['tip-unreadable', 'currency-other']);
  });

  it('never falls back to an older price when the newest cannot be read', () => {
    const entry = drawn([
      testNote({ message: 'a' }),
      testNote({ message: 'b', at: '2027-05-02T00:00:00.000Z', gross: '8l0.75' }),
    ]);
    expect([entry.gross, entry.net]).toEqual([null, null]);
    expect(entry.lines.map(line => line.kind)).toEqual(['captain', 'crew', 'crew']);
  });

  it('names whoever sails without a pay rule, unless pay is not kept at all', () => {
    const who = [{ person: 'joan', role: 'captain' }] as const;
    expect(drawLedger(testBooking(), [testNote()], who, testRules).problems).toEqual([
      expect.objectContaining({ code: 'pay-unknown', message: expect.stringContaining('joan') }),
    ]);
    expect(drawLedger(testBooking(), [testNote()], who, { ...testRules, pay: [] }).problems).toEqual([]);
  });

  it('reads a currency however it is capitalised, and none as the one of the books', () => {
    for (const currency of ['usd', null]) {
      const { gross } = whatWasStated([testNote({ currency })], 'USD');
      expect(gross && decimalText(gross)).toBe('840.75');
    }
  });

  it('counts a price of nothing as a price', () => {
    const entry = drawn([testNote({ gross: '0' })]);
    expect([entry.state, entry.net && decimalText(entry.net)]).toEqual(['settled', '-400.00']);
  });
});

const never = (): never => {
  throw new Error('nothing there');
};
