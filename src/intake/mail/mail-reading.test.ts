import { describe, expect, it } from 'vitest';
import type { MailReading } from './mail-reading.ts';
import { readMail } from './mail-reading.ts';
import type { OpenedMail } from './opened-mail.ts';
import { type TemplateInput, templateShape } from './template.ts';

const written: TemplateInput = {
  name: 'new',
  kind: 'new',
  subject: 'Booked: {booking}',
  rows: [
    { label: 'Booking', says: '{booking}' },
    { label: 'Boat', says: '{vessel}' },
    { label: 'Guests', says: '{partySize}' },
    { label: 'Phone', says: '{guestPhone}', optional: true },
    { label: 'Earnings', says: '{gross}' },
    { label: 'Tip', says: '{tip}', optional: true },
    { label: 'Note', says: '{note}', optional: true },
  ],
  noteEnds: 'See',
};
const changed = { ...written, name: 'changed', subject: 'Changed: {booking}' };

const lines = ['Booking: x', 'Boat: Heron', 'Guests: 4', 'Earnings: $840'];
const html = (of: readonly string[]) => of.join('\n');
/** HTML is read elsewhere: here each of its lines is a row. */
const rowsOfHtml = (text: string) =>
  text
    .split('\n')
    .filter(line => line.includes(': '))
    .map(line => ({ label: line.split(': ')[0] ?? '', value: line.split(': ')[1] ?? '' }));

const mail = (more: Partial<OpenedMail> = {}): OpenedMail => ({
  from: ['a@market.example'],
  recipients: [],
  subject: 'Booked: x',
  sentAt: 7,
  headers: [],
  text: lines.join('\n'),
  html: html(lines),
  attached: [],
  ...more,
});
const read = (more: Partial<OpenedMail> = {}, how: { isCopy?: boolean; templates?: TemplateInput[] } = {}) =>
  readMail(mail(more), {
    templates: (how.templates ?? [written, changed]).map(one => templateShape.parse(one)),
    zone: 'America/Los_Angeles',
    isCopy: how.isCopy ?? false,
    rowsOfHtml,
  });
const codes = ({ problems }: MailReading) => problems.map(({ field, code }) => `${field} ${code}`);
const values = ({ values }: MailReading) =>
  Object.fromEntries([...values].map(([place, { value }]) => [place, value]));
const books = ({ books }: MailReading) => books.map(({ place, value }) => `${place} ${value}`);
const swapped = (from: string, to: string) => lines.map(line => line.replace(from, to));

describe('a mail that is read', () => {
  it('has one value for what its subject and both its parts say', () => {
    const reading = read();
    expect(codes(reading)).toEqual([]);
    expect(values(reading)).toEqual({ booking: 'x', vessel: 'Heron', partySize: '4' });
    expect(books(reading)).toEqual(['gross $840']);
    expect(reading).toMatchObject({
      template: { name: 'new' },
      sentAt: 7,
      isCopy: false,
      parts: [{ part: 'text' }, { part: 'html' }],
      subject: [{ place: 'booking', value: 'x' }],
    });
  });

  it('may have one part', () => {
    for (const parts of [{ html: null }, { html: ' \n' }, { text: null }, { text: ' \n' }]) {
      const reading = read(parts);
      expect(codes(reading)).toEqual([]);
      expect(reading.parts).toHaveLength(1);
      expect(books(reading)).toEqual(['gross $840']);
    }
  });

  it('has both parts where it says so', () => {
    const type = (value: string) => ({ headers: [['content-type', value]] as const });
    expect(codes(read({ ...type(' Multipart/Alternative; boundary=x'), html: null }))).toEqual([
      'message mail-malformed',
    ]);
    expect(codes(read(type('multipart/alternative; boundary=x')))).toEqual([]);
    expect(codes(read({ ...type('multipart/alternatives'), html: null }))).toEqual([]);
    expect(codes(read({ ...type('x-multipart/alternative'), html: null }))).toEqual([]);
  });

  it('has a part', () => {
    expect(codes(read({ text: null, html: ' ' }))).toEqual(['message mail-malformed']);
  });

  it('says when it was sent', () => {
    expect(codes(read({ sentAt: null }))).toEqual(['message mail-date-missing']);
  });

  it.each<[string, Partial<OpenedMail>, string[]]>([
    ['subject and parts', { subject: 'Booked: y' }, ['booking mail-parts-disagree']],
    ['parts', { html: html(swapped('Heron', 'Gull')) }, ['vessel mail-parts-disagree']],
    [
      'parts, of which one says more',
      { html: html([...lines, 'Phone: 1']) },
      ['guestPhone mail-parts-disagree'],
    ],
    [
      'parts, of which the other says more',
      { text: [...lines, 'Phone: 1'].join('\n') },
      ['guestPhone mail-parts-disagree'],
    ],
    [
      'parts, in two ways',
      { html: html(swapped('Heron', 'Gull').map(line => line.replace('4', '5'))) },
      ['vessel mail-parts-disagree', 'partySize mail-parts-disagree'],
    ],
    [
      'subject and parts, twice',
      { subject: 'Booked: y', html: html(swapped('Booking: x', 'Booking: z')) },
      ['booking mail-parts-disagree'],
    ],
  ])('is held back where %s differ', (_, more, expected) => {
    expect(codes(read(more))).toEqual(expected);
  });

  it('is held back with what is wrong with its rows', () => {
    expect(codes(read({ text: lines.slice(1).join('\n'), html: null }))).toEqual([
      'message mail-template-drift',
    ]);
  });
});

describe('what a mail says for the books', () => {
  it('stops nothing where its parts differ: no amount is handed on then', () => {
    const reading = read({ html: html(swapped('$840', '$900')) });
    expect(codes(reading)).toEqual([]);
    expect(books(reading)).toEqual(['gross $840 / $900']);
    expect(books(read({ html: html(swapped('Earnings: $840', 'Fee: 1')) }))).toEqual(['gross $840 / ']);
  });

  it('is the same where only blanks and dashes differ', () => {
    expect(
      books(
        read({ text: swapped('$840', '$\u00a0840 –').join('\n'), html: html(swapped('$840', ' $ 840 - ')) }),
      ),
    ).toEqual(['gross $ 840 -']);
  });

  it('is the note of the first part', () => {
    const noted = read({
      text: [...lines, 'Note: Hello', 'See'].join('\n'),
      html: html([...lines, 'Note: Good day']),
    });
    expect(books(noted)).toEqual(['gross $840', 'note Hello']);
  });

  it('is what the first part says alone', () => {
    expect(books(read({ html: html([...lines, 'Tip: $5']) }))).toEqual(['gross $840']);
  });
});

describe('the template of a mail', () => {
  it('is the one that fits its subject', () => {
    expect(read({ subject: 'Changed: x' })).toMatchObject({ template: { name: 'changed' }, problems: [] });
  });

  it('is none of two', () => {
    const reading = read({}, { templates: [written, { ...written, name: 'other' }] });
    expect(reading).toMatchObject({ template: null, parts: [], subject: [], books: [], sentAt: 7 });
    expect(reading.problems).toMatchObject([
      { code: 'mail-template-unknown', reason: expect.stringContaining('new, other') },
    ]);
  });

  it.each<[string, Partial<OpenedMail>, string]>([
    ['both parts', {}, 'mail-template-drift'],
    ['the text alone', { html: null }, 'mail-template-drift'],
    ['the HTML alone', { text: null }, 'mail-template-drift'],
    [
      'half of its rows in other letters',
      { text: 'BOOKING: x\nboat: Heron', html: null },
      'mail-template-drift',
    ],
    ['rows in either part', { text: 'Booking: x', html: 'Boat: Heron' }, 'mail-template-drift'],
    ['one row', { text: 'Booking: x', html: null }, 'mail-template-unknown'],
    ['rows that may be left out', { text: 'Phone: 1\nTip: 2', html: null }, 'mail-template-unknown'],
    ['nothing', { text: null, html: null }, 'mail-template-unknown'],
  ])('has drifted, or is none, where a mail with another subject has %s of it', (_, more, code) => {
    expect(codes(read({ subject: 'Good news', ...more }, { templates: [changed] }))).toEqual([
      `message ${code}`,
    ]);
  });
});

describe('a mail that was copied into another', () => {
  const copied = (date: string) =>
    [
      'See below',
      '-- Forwarded message --',
      'From: a@market.example',
      `Date: ${date}`,
      'Subject: Booked: x',
      '',
      ...lines,
    ].join('\n');
  const type = { headers: [['content-type', 'multipart/alternative; boundary=x']] as const };

  it('has its own subject, text and date', () => {
    const reading = read(
      { ...type, subject: 'Fwd: look', text: copied('Mon, Apr 12, 2027 at 11:04 AM'), html: null },
      { isCopy: true },
    );
    expect(codes(reading)).toEqual([]);
    expect(reading).toMatchObject({ isCopy: true, sentAt: Date.parse('2027-04-12T18:04:00Z') });
  });

  it('has no date of the mail around it', () => {
    expect(codes(read({ text: copied('some day'), html: null }, { isCopy: true }))).toEqual([
      'message mail-date-missing',
    ]);
  });

  it('is looked for only where it counts', () => {
    expect(read({ text: copied('Mon, Apr 12, 2027 at 11:04 AM'), html: null })).toMatchObject({ sentAt: 7 });
    expect(read({ text: null }, { isCopy: true })).toMatchObject({ sentAt: 7, problems: [] });
  });
});
