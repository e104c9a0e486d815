import { describe, expect, it } from 'vitest';
import { decodedText, encodedText, headerOf, mimePart, partsBetween } from './mime-parts.ts';

describe('a part of a mail', () => {
  it.each(['\r\n', '\n'])('has headers and a body, its lines ending with %j', end => {
    const part = mimePart(
      [
        'Subject: One',
        '   and two',
        '\tthree',
        'X-Empty:',
        'no header',
        ': none',
        'To:a',
        '',
        'First',
        '',
        'Last',
      ].join(end),
    );
    expect(part).toEqual({
      headers: [
        ['Subject', 'One and two three'],
        ['X-Empty', ''],
        ['To', 'a'],
      ],
      body: ['First', '', 'Last'].join(end),
    });
    expect([headerOf(part, 'subject'), headerOf(part, 'cc')]).toEqual(['One and two three', '']);
  });

  it('may have no body', () => {
    expect(mimePart('Subject: One')).toEqual({ headers: [['Subject', 'One']], body: '' });
  });

  it('has the parts between its boundaries, and nothing before and behind them', () => {
    const body = ['before', '--b', 'one', '--b \t', '', 'two', ' --b is text', '--b', '--b--', 'behind'];
    expect(partsBetween(body.join('\r\n'), 'b')).toEqual(['one', '\r\ntwo\r\n --b is text', '']);
    expect(partsBetween(body.join('\n'), 'b')).toEqual(['one', '\ntwo\n --b is text', '']);
    expect(partsBetween('--b\r\none\r\n--b--', 'b')).toEqual(['one']);
  });
});

const part = (body: string) => ({ headers: [], body });

describe('the text of a part', () => {
  it.each([
    ['7bit', 'utf-8', 'Caf\xc3\xa9', 'Café'],
    ['7bit', '', 'Caf\xc3\xa9', 'Café'],
    ['7bit', 'iso-8859-1', 'Caf\xe9', 'Café'],
    ['7bit', 'no charset', 'Caf\xc3\xa9', 'Café'],
    ['base64', 'utf-8', 'Q2Fmw6k=', 'Café'],
    ['quoted-printable', 'utf-8', 'Caf=C3=a9 \t\r\nau =\r\nlait \n=\nici', 'Café\r\nau lait\nici'],
    ['8bit', 'utf-8', 'a=20b', 'a=20b'],
  ])('in %s and “%s” is read', (encoding, charset, body, text) => {
    expect(decodedText(part(body), encoding, charset)).toBe(text);
  });

  it.each(['base64', 'quoted-printable', '8bit'])('comes back from %s as it was', encoding => {
    const text = ['Café = “crème”', 'blanks at its end  ', '', 'x'.repeat(200), 'é'.repeat(60)].join('\r\n');
    const written = encodedText(text, encoding);
    expect(decodedText(part(written), encoding, 'utf-8')).toBe(text);
    const isCut = encoding !== '8bit';
    expect(written.split('\r\n').every(line => line.length <= 76)).toBe(isCut);
    expect(/^[\x20-\x7e\r\n]*$/.test(written)).toBe(isCut);
  });

  it('is no longer than it has to be in quoted-printable', () => {
    expect(encodedText('a=b é\nend ', 'quoted-printable')).toBe('a=3Db =C3=A9\r\nend=20');
    expect(encodedText('\tx y', 'quoted-printable')).toBe('=09x y');
    expect(encodedText('x'.repeat(80), 'quoted-printable')).toBe(`${'x'.repeat(75)}=\r\n${'x'.repeat(5)}`);
    const [whole, cut] = ['x'.repeat(69), 'x'.repeat(70)];
    expect(encodedText(`${whole}éé`, 'quoted-printable')).toBe(`${whole}=C3=A9=\r\n=C3=A9`);
    expect(encodedText(`${cut}éé`, 'quoted-printable')).toBe(`${cut}=C3=\r\n=A9=C3=A9`);
  });
});
