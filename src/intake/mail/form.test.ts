import { describe, expect, it } from 'vitest';
import { placesIn, plain, readForm } from './form.ts';

const values = (form: string, text: string) => readForm(form, text)?.map(({ value }) => value) ?? null;

describe('a form', () => {
  it.each([
    ['{booking}', ['booking']],
    ['Booking {booking} on {vessel}', ['booking', 'vessel']],
    ['{date:YYYY-MM-DD}', ['date']],
    ['{start:h:mm A} – {end:h:mm A z}', ['start', 'end']],
    ['{startAt:YYYY-MM-DD H:mm}', ['startAt']],
    ['nothing at all', []],
  ])('“%s” has the places %j', (form, names) => {
    expect(placesIn(form)?.map(({ name }) => name)).toEqual(names);
  });

  it.each([
    '{}',
    '{skipper}',
    '{toString}',
    '{booking} and {skipper}',
    '{booking:YYYY}',
    '{date}',
    '{date:}',
    '{date:MMMM D}',
    '{date:H:mm}',
    '{start:YYYY-MM-DD}',
    '{startAt:H:mm}',
    '{x booking}',
    '{booking x}',
  ])('“%s” is none', form => {
    expect(placesIn(form)).toBeNull();
    expect(readForm(form, 'xhqgmdh')).toBeNull();
  });

  it.each([
    ['Booking confirmed: {booking}', 'Booking confirmed: xhqgmdh', ['xhqgmdh']],
    ['{start:h:mm A} – {end:h:mm A}', '4:30 PM - 7:30 PM', ['16:30', '19:30']],
    ['{start:h:mm A} - {end:h:mm A}', ' 4:30 PM\u2009—\u20097:30\u202fPM ', ['16:30', '19:30']],
    ['{partySize} guests', '4 guests', ['4']],
    ['{hours} h (about)', '2.5 h (about)', ['2.5']],
    ['{hours}+{partySize}', '3+4', ['3', '4']],
    ['{note}', '', ['']],
    ['Name:{guestName}', 'Name: Carole', ['Carole']],
    ['{vessel}', '⛵🛥'.repeat(100), ['⛵🛥'.repeat(100)]],
    ['{currency} {gross}', 'USD 840.75', ['USD', '840.75']],
  ])('“%s” reads “%s”', (form, text, expected) => {
    expect(values(form, text)).toEqual(expected);
  });

  it.each([
    ['Booking confirmed: {booking}', 'Re: Booking confirmed: xhqgmdh'],
    ['{partySize} guests', '4 guests and a dog'],
    ['{partySize} guests', 'four guests'],
    ['{hours} h', '2,5 h'],
    ['{hours}+{partySize}', '34'],
    ['{booking}', 'two words'],
    ['{currency} {gross}', 'usd 840.75'],
    ['{start:h:mm A}', '16:30 PM'],
    ['{guestName}', 'Car\ufffdle'],
    ['{guestEmail}', 'a b@c.example'],
    ['{vessel}', 'x'.repeat(201)],
  ])('“%s” does not read “%s”', (form, text) => {
    expect(readForm(form, text)).toBeNull();
  });

  it('says what is for the books, though a sign in it could not be read', () => {
    expect(readForm('{gross}', '\ufffd840.75')).toEqual([
      { place: 'gross', value: '\ufffd840.75', zone: null, isFinance: true },
    ]);
    expect(readForm('{start:h:mm A z}', '4:30 PM PDT')).toEqual([
      { place: 'start', value: '16:30', zone: 'PDT', isFinance: false },
    ]);
  });
});

it('a text is the same whatever blanks, dashes and joined letters a mail program made of it', () => {
  expect(plain('a\u00a0\u202f\t b\u200bc\ufeff – d − e ‐ f')).toBe('a bc - d - e - f');
  expect(plain('Rene\u0301e')).toBe('Renée');
});
