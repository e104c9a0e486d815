import { describe, expect, it } from 'vitest';
import { testFleet, wall } from '#booking/booking.fixture.ts';
import type { Correction, Delivery } from '#intake/inbox.ts';
import { correction } from '#intake/intake.fixture.ts';
import { source } from '#intake/sources.ts';
import { builtInTemplates } from './built-in.ts';
import type { Place, Said } from './form.ts';
import type { MailReading } from './mail-reading.ts';
import { statementOf } from './mail-statement.ts';

const sentAt = Date.parse('2027-04-12T18:04:11Z');
const room = {
  settings: source({ id: 'market', kind: 'boatsetter', times: 'local', listings: { 'blue boat': 'heron' } })
    .settings,
  fleet: testFleet,
};
const delivery = (more: Partial<Delivery> = {}) =>
  ({
    id: 'dlv_1',
    source: 'market',
    messageId: 'm1',
    receivedAt: '2027-04-12T18:30:00.000Z',
    correction: null,
    decision: null,
    ...more,
  }) as Delivery;

const said = (place: string, value: string, zone: string | null = null): Said => ({
  place: place as Place,
  value,
  zone,
  isFinance: false,
});
const whole: Partial<Record<Place, string>> = {
  booking: 'xhqgmdh',
  vessel: 'blue boat',
  date: '2027-05-30',
  start: '16:30',
  end: '19:30',
};
const reading = (
  values: Partial<Record<Place, string | undefined>> = whole,
  more: Partial<MailReading> & { kind?: string; zones?: Partial<Record<Place, string>> } = {},
): MailReading => {
  const { kind = 'new', zones = {}, ...rest } = more;
  const places = Object.entries(values).flatMap(([place, value]) =>
    value === undefined ? [] : [[place as Place, said(place, value, zones[place as Place] ?? null)] as const],
  );
  return {
    template: builtInTemplates('boatsetter').find(one => one.kind === kind) ?? null,
    parts: [],
    subject: [],
    values: new Map(places),
    books: [],
    sentAt,
    isCopy: false,
    problems: [],
    ...rest,
  };
};
const stated = (...of: Parameters<typeof reading>) => statementOf(reading(...of), delivery(), room);
const fieldsOf = (...of: Parameters<typeof reading>) => {
  const read = stated(...of);
  return 'message' in read ? read.message.fields : read;
};
const codes = (...of: Parameters<typeof reading>) => {
  const read = stated(...of);
  return 'problems' in read ? read.problems.map(({ field, code }) => `${field} ${code}`) : [];
};

describe('a mail about a booking', () => {
  it('says no more than stands in it', () => {
    expect(stated()).toEqual({
      message: {
        source: 'market',
        messageId: expect.any(String),
        at: '2027-04-12T18:04:11.000Z',
        externalId: 'xhqgmdh',
        kind: 'created',
        fields: {
          vessel: 'heron',
          status: 'confirmed',
          start: wall('2027-05-30T16:30'),
          end: wall('2027-05-30T19:30'),
        },
      },
      finance: null,
    });
  });

  it('says who comes and how many, and which booking it stands for', () => {
    const more = {
      guestName: 'Carole',
      guestEmail: 'c@d.example',
      guestPhone: '1',
      partySize: '4',
      replaces: 'old',
    };
    expect(stated({ ...whole, ...more }, { kind: 'changed' })).toMatchObject({
      message: {
        kind: 'changed',
        replaces: 'old',
        fields: { guestName: 'Carole', guestEmail: 'c@d.example', guestPhone: '1', partySize: 4 },
      },
    });
  });

  it.each<[string, Partial<Record<Place, string | undefined>>, string, string]>([
    [
      'both as moments',
      { startAt: '2027-06-01T10:00', endAt: '2027-06-02T11:00' },
      '2027-06-01T10:00',
      '2027-06-02T11:00',
    ],
    ['a day for its end', { endDate: '2027-05-31', end: '02:00' }, '2027-05-30T16:30', '2027-05-31T02:00'],
    ['hours', { end: undefined, hours: '2.5' }, '2027-05-30T16:30', '2027-05-30T19:00'],
    ['an end and hours', { hours: '1' }, '2027-05-30T16:30', '2027-05-30T19:30'],
  ])('says when by %s', (_, more, start, end) => {
    expect(fieldsOf({ ...whole, ...more })).toMatchObject({ start: wall(start), end: wall(end) });
  });

  it.each<[string, Partial<Record<Place, string | undefined>>]>([
    ['no day', { date: undefined }],
    ['no clock', { start: undefined, end: undefined }],
    ['hours and no beginning', { start: undefined, end: undefined, hours: '3' }],
  ])('says nothing of when with %s', (_, more) => {
    expect(fieldsOf({ ...whole, ...more })).toEqual({ vessel: 'heron', status: 'confirmed' });
  });

  it('of a cancellation says nothing of the trip', () => {
    expect(stated({ booking: 'xhqgmdh' }, { kind: 'cancelled' })).toMatchObject({
      message: { kind: 'cancelled' },
    });
    expect(fieldsOf({ booking: 'xhqgmdh' }, { kind: 'cancelled' })).toEqual({});
  });

  it.each<[string, Parameters<typeof reading>, string[]]>([
    ['names no vessel', [{ ...whole, vessel: undefined }], ['vessel vessel-unknown']],
    ['names a vessel nobody knows', [{ ...whole, vessel: 'red boat' }], ['vessel vessel-unknown']],
    [
      'names an hour that is skipped',
      [{ ...whole, date: '2027-03-14', start: '02:30', end: '05:00' }],
      ['start time-does-not-exist'],
    ],
    [
      'names two hours that are skipped',
      [{ ...whole, date: '2027-03-14', start: '02:00', end: '02:30' }],
      ['start time-does-not-exist', 'end time-does-not-exist'],
    ],
    ['names another zone', [whole, { zones: { end: 'EDT' } }], ['start mail-zone-disagrees']],
    [
      'names another zone for a moment',
      [{ ...whole, start: undefined, startAt: '2027-05-30T16:30' }, { zones: { startAt: 'PST' } }],
      ['start mail-zone-disagrees'],
    ],
  ])('that %s waits', (_, of, expected) => {
    expect(codes(...of)).toEqual(expected);
  });

  it('may name the zone of the berth', () => {
    expect(fieldsOf(whole, { zones: { start: 'PDT', end: 'PDT' } })).toMatchObject({ vessel: 'heron' });
  });

  it('waits with all that is wrong with it', () => {
    const problems = [{ field: 'x', code: 'mail-row-twice' as const, reason: 'r', cure: 'c' }];
    expect(codes({ ...whole, vessel: 'red boat' }, { problems })).toEqual([
      'x mail-row-twice',
      'vessel vessel-unknown',
    ]);
    expect(codes({}, { problems, template: null })).toEqual(['x mail-row-twice']);
  });

  it('may be ahead of our clock by a day and no more', () => {
    const day = Date.parse('2027-04-13T18:30:00Z');
    expect(codes(whole, { sentAt: day })).toEqual([]);
    expect(codes(whole, { sentAt: day + 1 })).toEqual(['message occurred-in-future']);
  });
});

describe('what a mail says for the books', () => {
  const books = (...of: [string, string][]) =>
    of.map(([place, value]) => ({ ...said(place, value), isFinance: true }));
  const noted = (...of: [string, string][]) => stated(whole, { books: books(...of) });
  const base = { source: 'market', message: expect.any(String), at: '2027-04-12T18:04:11.000Z' };

  it('goes there apart from the booking, word for word', () => {
    const all = [
      ['gross', '$9,120.10'],
      ['currency', 'EUR'],
      ['charge', 'USD 51'],
      ['charge', '7'],
      ['tip', '$5'],
      ['note', 'A cake, please.'],
    ] as const;
    expect(noted(...all.map(([place, value]): [string, string] => [place, value]))).toMatchObject({
      finance: {
        ...base,
        gross: '9120.10',
        currency: 'EUR',
        lines: [
          { kind: 'charge', label: '', amount: '51' },
          { kind: 'charge', label: '', amount: '7' },
          { kind: 'tip', label: '', amount: '5' },
        ],
        note: 'A cake, please.',
      },
    });
  });

  it.each<[string, [string, string], object]>([
    ['nothing but a note', ['note', 'A cake.'], { gross: null, currency: null, note: 'A cake.' }],
    ['an empty note', ['note', ''], { gross: null, currency: null, note: null }],
    ['nothing but an amount', ['gross', '840'], { gross: '840', currency: null, note: null }],
  ])('is %s', (_, of, finance) => {
    expect('finance' in noted(of) && (noted(of) as { finance: unknown }).finance).toEqual({
      ...base,
      ...finance,
    });
  });

  it('is a note when nothing else but a tip stands there', () => {
    expect(noted(['tip', '5'])).toMatchObject({
      finance: { gross: null, lines: [{ kind: 'tip', amount: '5' }] },
    });
  });

  it('is none where only a currency stands there', () => {
    expect(noted(['currency', 'USD'])).toMatchObject({ finance: null });
  });

  it('has an end', () => {
    const [text, amount] = ['x'.repeat(10_001), 'y'.repeat(101)];
    expect(noted(['note', text], ['gross', amount])).toMatchObject({
      finance: { note: text.slice(1), gross: amount.slice(1) },
    });
  });

  it.each([
    ['840.75', '840.75'],
    ['$840.75', '840.75'],
    ['$ 840.75', '840.75'],
    ['US$840', '840'],
    ['US $840', '840'],
    ['USD 840.75', '840.75'],
    ['USD840', '840'],
    ['840 EUR', '840'],
    ['840EUR', '840'],
    [' 1,234,567.89 ', '1234567.89'],
    ['1234567', '1234567'],
    ['1.234,56', '1.234,56'],
    ['12,34', '12,34'],
    ['to be told', 'to be told'],
    ['about $840', 'about $840'],
    ['$840 or so', '$840 or so'],
    ['$840.', '$840.'],
  ])('reads the amount “%s” as “%s”', (written, amount) => {
    expect(noted(['gross', written])).toMatchObject({ finance: { gross: amount } });
  });

  it.each(['message', 'payout'])('is all there is in a mail of the kind %s', kind => {
    expect(stated({ booking: 'xhqgmdh' }, { kind, books: books(['gross', '1']) })).toEqual({
      about: { source: 'market', externalId: 'xhqgmdh' },
      finance: { ...base, gross: '1', currency: null, note: null },
    });
  });
});

describe('a mail of which a person said what it means', () => {
  const corrected = (given: Partial<Correction>, more: Partial<MailReading> = {}) =>
    statementOf(
      reading(whole, { books: [{ ...said('gross', '$840'), isFinance: true }], ...more }),
      delivery({ correction: { ...correction, ...given } }),
      room,
    );

  it('is what they said, as of when it was sent, and its amounts are its own', () => {
    expect(corrected({ partySize: 3 })).toMatchObject({
      message: { at: '2027-04-12T18:04:11.000Z', fields: { partySize: 3 } },
      finance: { gross: '840', at: '2027-04-12T18:04:11.000Z' },
    });
  });

  it('is as of when it came where it does not say when it was sent', () => {
    expect(corrected({}, { sentAt: null })).toMatchObject({ message: { at: '2027-04-12T18:30:00.000Z' } });
  });

  it('waits on where what they said cannot be', () => {
    const read = corrected({ start: '2027-03-14T02:30' });
    expect(read).toMatchObject({ problems: [{ code: 'time-does-not-exist' }] });
    expect(read).not.toHaveProperty('finance');
  });
});
