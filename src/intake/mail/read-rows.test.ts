import { describe, expect, it } from 'vitest';
import { readRows } from './read-rows.ts';
import { templateShape } from './template.ts';

const template = templateShape.parse({
  name: 'new',
  kind: 'new',
  subject: 'Booked',
  rows: [
    { label: 'Booking', says: '{booking}' },
    { label: 'Guests', says: ['{partySize} guests', '{partySize} guest'] },
    { label: 'Phone', says: '{guestPhone}', optional: true },
    { label: 'Earnings', says: ['{currency} {gross}', '{tip} tip'] },
    { label: 'Note', says: '{note}', optional: true },
  ],
  passedOver: ['Sent on'],
  noteEnds: 'See',
});

const rows = (...of: string[]) =>
  of.map(row => ({ label: row.split('=')[0] ?? '', value: row.split('=')[1] ?? '' }));
const read = (...of: string[]) => readRows('text', rows(...of), template);
const told = (...of: string[]) =>
  read(...of).problems.map(({ field, code, reason }) => `${field} ${code} ${reason}`);
const whole = ['Booking=x', 'Guests=4 guests', 'Earnings=USD 840'];

describe('the rows of a part', () => {
  it('are read by the first form that fits', () => {
    expect(read('booking:=x', 'GUESTS=1 guest', 'Earnings=USD 840')).toEqual({
      part: 'text',
      said: [
        { place: 'booking', value: 'x', zone: null, isFinance: false, row: 'Booking', form: '{booking}' },
        {
          place: 'partySize',
          value: '1',
          zone: null,
          isFinance: false,
          row: 'Guests',
          form: '{partySize} guest',
        },
        {
          place: 'currency',
          value: 'USD',
          zone: null,
          isFinance: true,
          row: 'Earnings',
          form: '{currency} {gross}',
        },
        {
          place: 'gross',
          value: '840',
          zone: null,
          isFinance: true,
          row: 'Earnings',
          form: '{currency} {gross}',
        },
      ],
      coverage: { found: 3, understood: 3, unknown: [] },
      problems: [],
    });
  });

  it('may have others before and behind them, and some between that mean nothing', () => {
    const some = read('Weather=fine', ...whole.slice(0, 1), 'sent on=May', ...whole.slice(1), 'Hours=9 to 5');
    expect(some).toMatchObject({ coverage: { found: 3, understood: 3 }, problems: [] });
  });

  it('are new where something unknown stands between them', () => {
    const [first = '', ...rest] = whole;
    expect(told(first, 'Deposit=7', ...rest)).toEqual([
      'message mail-template-drift The text part has new rows: “Deposit”, unlike the template “new”.',
    ]);
    expect(read(first, 'Deposit=7', ...rest).coverage).toEqual({
      found: 4,
      understood: 3,
      unknown: ['Deposit'],
    });
  });

  it('lack those that have to be there, but for what is for the books', () => {
    expect(told('Booking=x')).toEqual([
      'message mail-template-drift The text part lacks the row “Guests”, unlike the template “new”.',
    ]);
    expect(told()).toHaveLength(2);
    expect(read('Weather=fine').coverage).toEqual({ found: 0, understood: 0, unknown: [] });
  });

  it('are not as they should be written', () => {
    expect(told('Booking=x', 'Guests=four', 'Earnings=USD 840')).toEqual([
      'Guests mail-template-drift “Guests” in the text part is not written as the template “new” has it.',
    ]);
    expect(read('Booking=x', 'Guests=four').coverage).toMatchObject({ found: 2, understood: 1 });
  });

  it('stand there once, but for notes, of which the first counts', () => {
    expect(told(...whole, 'Phone=1', 'Phone=1')).toEqual([
      'Phone mail-row-twice “Phone” stands in the text part more than once, and it is not clear which is meant.',
    ]);
    expect(read(...whole, 'Phone=1', 'Phone=1').said.some(({ place }) => place === 'guestPhone')).toBe(false);
    const notes = read(...whole, 'Note=first', 'Note=second');
    expect(notes.problems).toEqual([]);
    expect(notes.said.filter(({ place }) => place === 'note')).toMatchObject([{ value: 'first' }]);
  });

  it('that are for the books are handed on word for word where no form fits', () => {
    const { said, problems, coverage } = read(...whole.slice(0, 2), 'Earnings=to be told');
    expect(problems).toEqual([]);
    expect(coverage.understood).toBe(2);
    expect(said.slice(2)).toEqual(
      (['gross', 'tip'] as const).map(place => ({
        place,
        value: 'to be told',
        zone: null,
        isFinance: true,
        row: 'Earnings',
        form: 'as it stands',
      })),
    );
  });

  it('that nobody knows are not all remembered', () => {
    const many = Array.from({ length: 1100 }, (_, n) => `New ${n}=x`);
    const { coverage } = read('Booking=x', ...many, 'Guests=1 guest');
    expect(coverage).toMatchObject({ found: 1102, understood: 2 });
    expect(coverage.unknown).toHaveLength(1000);
  });
});
