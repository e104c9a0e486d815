import { describe, expect, it } from 'vitest';
import { inlineCopy } from './forwarded.ts';
import { forwardedAt } from './forwarded-date.ts';

const gmail = [
  'See below.',
  '---------- Forwarded message ---------',
  'From: Boatsetter <No-Reply@boatsetter.com>',
  'Date: Mon, Apr 12, 2027 at 11:04 AM',
  'Subject: Booking confirmed: xhqgmdh',
  'To: <joan@sailjada.example>',
  '',
  'Guests: 4',
];
const copy = {
  from: 'no-reply@boatsetter.com',
  subject: 'Booking confirmed: xhqgmdh',
  date: 'Mon, Apr 12, 2027 at 11:04 AM',
  text: '\nGuests: 4',
};
const found = (lines: readonly string[]) => inlineCopy(lines.join('\r\n'));
const changed = (...changes: [string, string][]) =>
  found(gmail.map(line => changes.reduce((text, [from, to]) => text.replace(from, to), line)));

describe('a mail copied into another', () => {
  it.each<[string, readonly string[]]>([
    ['by Gmail', gmail],
    ['with bare ends of lines', [gmail.join('\n')]],
    [
      'by Outlook',
      gmail.map(line => line.replace(/^-.*/, '-----Original Message-----').replace('Date:', 'Sent:')),
    ],
    ['by Apple Mail', gmail.map(line => line.replace(/^-.*/, '  Begin forwarded message:  \r\n\r\n '))],
    ['by Thunderbird', gmail.map(line => line.replace(/^-.*/, '-------- Forwarded Message --------'))],
    ['with its headers in bold', gmail.map(line => line.replace(/^(From|Date|Subject|To):/, '*$1:*'))],
    ['in answer to an answer', gmail.map(line => `> > ${line}`)],
    ['quoted without blanks', gmail.map(line => `>>${line}`)],
    ['with blanks behind its headers', gmail.map(line => line.replace(/^Subject.*/, '$&  '))],
    ['with its subject in bold', gmail.map(line => line.replace(/^(Subject:) (.*)/, '$1 *$2*'))],
    [
      'with copies to others',
      gmail.flatMap(line =>
        line.startsWith('To:') ? [line, 'Cc: a@b.example', 'Reply-To: c@d.example'] : [line],
      ),
    ],
  ])('%s is found', (_, lines) => {
    expect(found(lines)).toEqual(copy);
  });

  it('has its text from the first line that is no header on', () => {
    expect(changed(['To: <joan@sailjada.example>', 'Hello!'])).toEqual({
      ...copy,
      text: 'Hello!\n\nGuests: 4',
    });
    expect(found(gmail.slice(0, 5))).toEqual({ ...copy, text: '' });
  });

  it('keeps what is said in it', () => {
    expect(changed(['Guests: 4', 'Guests: 4 > 3'])?.text).toBe('\nGuests: 4 > 3');
  });

  it('may be from nobody that can be reached', () => {
    expect(changed(['From: Boatsetter <No-Reply@boatsetter.com>', 'From: Boatsetter'])).toEqual({
      ...copy,
      from: null,
    });
    expect(found(gmail.filter(line => !line.startsWith('From')))).toEqual({ ...copy, from: null });
  });

  it.each<[string, readonly string[]]>([
    ['none is there', gmail.filter(line => !line.startsWith('-'))],
    ['there are two', [...gmail, ...gmail]],
    ['it has no subject', gmail.filter(line => !line.startsWith('Subject'))],
    ['it has no date', gmail.filter(line => !line.startsWith('Date'))],
    ['it has two dates', gmail.map(line => line.replace('To: ', 'Sent: '))],
    ['nothing follows', gmail.slice(0, 2)],
    ['words stand before the line', gmail.map(line => line.replace('----------', 'see ----------'))],
    ['words stand behind the line', gmail.map(line => line.replace(/-$/, '- see'))],
    ['its headers stand in a sentence', gmail.map(line => line.replace(/^(Subject)/, 'The $1'))],
  ])('is not where %s', (_, lines) => {
    expect(found(lines)).toBeNull();
  });
});

describe('when a copied mail was sent', () => {
  const zone = 'America/Los_Angeles';
  const eleven = Date.parse('2027-04-12T18:04:00Z');

  it.each([
    'Mon, 12 Apr 2027 14:04:00 -0400',
    'Mon, 12 Apr 2027 14:04:00 -0400 (EDT)',
    'Mon, 12 Apr 2027 20:04:00 +0200',
    'Mon, Apr 12, 2027 at 11:04 AM',
    'Mon, Apr 12, 2027, 11:04 AM',
    'Mon, 12 Apr 2027 at 11:04',
    'Monday, April 12, 2027 11:04 AM',
    'April 12, 2027 at 11:04 AM PDT',
    'April 12, 2027 at 11:04:59 AM PDT',
    '12 April 2027 at 11:04 PDT',
    '2027-04-12 11:04',
  ])('is read from “%s”', date => {
    expect(forwardedAt(date, zone)).toBe(eleven);
  });

  it('is the later one of two at an hour that comes twice', () => {
    expect(forwardedAt('2027-11-07 01:30', zone)).toBe(Date.parse('2027-11-07T09:30:00Z'));
  });

  it.each([
    '2027-03-14 02:30',
    '12/04/2027 11:04',
    'Mon, 32 Apr 2027 14:04:00 -0400',
    'yesterday',
    'x (y) -0400 z',
  ])('is not known from “%s”', date => {
    expect(forwardedAt(date, zone)).toBeNull();
  });
});
