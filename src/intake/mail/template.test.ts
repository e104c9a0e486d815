import { describe, expect, it } from 'vitest';
import { builtInTemplates } from './built-in.ts';
import { isForBooks, isNote, labelKey, shownLabels, type TemplateInput, templateShape } from './template.ts';

const plain: TemplateInput = {
  name: 'new',
  kind: 'new',
  subject: 'A booking',
  rows: [{ label: 'Booking', says: '{booking}' }],
};
const problems = (more: object) =>
  templateShape.safeParse({ ...plain, ...more }).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('a template', () => {
  it('says how one kind of mail is read, and leaves out what it need not say', () => {
    expect(templateShape.parse(plain)).toEqual({
      ...plain,
      passedOver: [],
      rows: [{ label: 'Booking', says: '{booking}', optional: false }],
    });
  });

  it.each([
    ['a name', { name: '' }, ['name']],
    ['a name in so many letters', { name: 'x'.repeat(61) }, ['name']],
    ['one of the kinds', { kind: 'newsletter' }, ['kind']],
    ['a subject', { subject: '' }, ['subject']],
    ['a subject in so many letters', { subject: 'x'.repeat(301) }, ['subject']],
    ['known places', { subject: '{skipper}' }, ['subject']],
    ['rows', { rows: [], subject: '{booking}' }, ['rows']],
    ['not too many rows', { rows: Array(61).fill(plain.rows[0]) }, ['rows']],
    ['labels', { rows: [{ label: '', says: '{booking}' }] }, ['rows.0.label']],
    ['labels of so many letters', { rows: [{ label: 'x'.repeat(61), says: '{booking}' }] }, ['rows.0.label']],
    ['forms', { subject: '{booking}', rows: [{ label: 'Booking', says: [] }] }, ['rows.0.says']],
    ['labels to pass over', { passedOver: [''] }, ['passedOver.0']],
    ['shorter labels to pass over', { passedOver: ['x'.repeat(61)] }, ['passedOver.0']],
    ['a word that ends a note', { noteEnds: '' }, ['noteEnds']],
    ['nothing else', { colour: 'blue' }, ['']],
    ['which booking it is about', { rows: [{ label: 'Guests', says: '{partySize}' }] }, ['']],
    ['where a note ends', { rows: [...plain.rows, { label: 'Note', says: '{note}' }] }, ['']],
  ])('has to have %s', (_, more, at) => {
    expect(problems(more)).toEqual(at);
  });

  it('may be as long as that', () => {
    const x = 'x'.repeat(60);
    const rows = Array(60).fill({ label: x, says: ['{booking}', '{vessel}'] });
    expect(problems({ name: x, subject: 'x'.repeat(300), rows, passedOver: [x], noteEnds: 'x' })).toEqual([]);
    expect(problems({ subject: '{booking}', rows: [{ label: 'Guests', says: '{partySize}' }] })).toEqual([]);
    expect(
      problems({
        noteEnds: 'See',
        rows: [...plain.rows, { label: 'Note', says: ['{guestName}', '{note}'] }],
      }),
    ).toEqual([]);
  });

  it.each(['boatsetter', 'getmyboat'] as const)('for each kind of mail of %s comes with Gangway', sender => {
    const all = builtInTemplates(sender);
    expect(all.map(({ kind }) => kind).toSorted()).toEqual([
      'cancelled',
      'changed',
      'message',
      'new',
      'payout',
    ]);
    expect(all.every(({ name }) => name.startsWith(sender))).toBe(true);
  });
});

describe('a row', () => {
  it('is for the books where all of it is', () => {
    expect(isForBooks({ says: '{gross}' })).toBe(true);
    expect(isForBooks({ says: ['{gross} {currency}', '{note}'] })).toBe(true);
    expect(isForBooks({ says: '{gross} for {partySize}' })).toBe(false);
    expect(isForBooks({ says: ['{gross}', '{partySize}'] })).toBe(false);
  });

  it('is a note where one of its forms has one', () => {
    expect(isNote({ says: ['{guestName}', '{note}'] })).toBe(true);
    expect(isNote({ says: '{gross}' })).toBe(false);
  });
});

describe('labels', () => {
  it.each([
    ['Booking  ID', 'booking id'],
    [' booking\u00a0id : ', 'booking id'],
    ['BOOKING ID:', 'booking id'],
    ['Booking: ID', 'booking: id'],
    ['ﬁrst', 'first'],
  ])('“%s” is the same as “%s”', (label, key) => {
    expect(labelKey(label)).toBe(key);
  });

  it('are shown to people as far as nobody could read an amount in them', () => {
    expect(shownLabels([])).toBe('');
    expect(shownLabels(['Deposit', 'Été / d’or'])).toBe('“Deposit”, 1 more');
    expect(shownLabels(["Captain's fee & tip", 'A-B/C'])).toBe("“Captain's fee & tip”, “A-B/C”");
    expect(shownLabels(['$840 due', 'x'.repeat(41), 'Fee 7'])).toBe('3 more');
    expect(shownLabels(['a', 'b', 'c', 'd', 'e', 'f', '7'])).toBe('“a”, “b”, “c”, “d”, “e”, 2 more');
    expect(shownLabels(['x'.repeat(40)])).toBe(`“${'x'.repeat(40)}”`);
  });
});
