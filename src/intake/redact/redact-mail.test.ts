import { describe, expect, it } from 'vitest';
import { openMail } from '#intake/mail/open-mail.postal-mime.ts';
import { redactMail } from './redact-mail.ts';

async function fixture(...lines: string[]): Promise<string[]> {
  const bytes = Buffer.from(lines.join('\r\n'));
  const known = { names: ['Carole'], notes: [], ids: [], keep: new Set<string>() };
  const opened = await openMail(bytes);
  const mail = redactMail(bytes, {
    opened,
    known,
    seed: 'one',
    redactHtml: (html, invent) => `<!-- ${invent(html)} -->`,
  });
  return Buffer.from(mail).toString().split('\r\n');
}

const head = ['From: Carole <carole@market.example>', 'Subject: Carole'];
const newHead = [
  'From: Marketplace <no-reply@market.example>',
  'To: bookings@operator.example',
  'Subject: Avery',
  'Message-ID: <redacted@market.example>',
];
const asText = (encoding = '8bit') => [
  'Content-Type: text/plain; charset=utf-8',
  `Content-Transfer-Encoding: ${encoding}`,
  '',
];

describe('a mail becomes a fixture', () => {
  it('whose headers lead to nobody and whose text is invented', async () => {
    expect(
      await fixture(
        'Received: from carole',
        ...head,
        'Date: Mon, 12 Apr 2027 11:04:11 -0700 (Carole’s time)',
        'MIME-Version: 1.0 (by Carole)',
        'X-Guest: Carole',
        '',
        'Carole, hello',
      ),
    ).toEqual([
      ...newHead,
      'Date: Mon, 12 Apr 2027 11:04:11 -0700',
      'MIME-Version: 1.0',
      ...asText(),
      'Avery, hello',
    ]);
  });

  it('of a marketplace that is called something, whoever sent it', async () => {
    expect((await fixture('Subject: Carole', '', 'x')).slice(0, 4)).toEqual(
      newHead.map(line => line.replace('market.example', 'marketplace.example')),
    );
  });

  it('whose subject is as long as it was, in any writing', async () => {
    const [, , subject = ''] = await fixture(
      'From: a@market.example',
      'Subject: please confirm — “today”, please',
      '',
      'x',
    );
    expect(subject).toMatch(/^Subject: =\?utf-8\?B\?/);
    expect(
      subject
        .slice('Subject: '.length)
        .split(' ')
        .every(word => word.length <= 75),
    ).toBe(true);
    expect((await openMail(Buffer.from(`${subject}\r\n\r\nx`))).subject).toBe(
      'please confirm — “today”, please',
    );
  });

  it.each([
    ['base64', 'Q2Fyb2xl', 'QXZlcnk='],
    ['quoted-printable', 'Car=6Fle =3D', 'Avery =3D'],
    ['BASE64 ', 'Q2Fyb2xl', 'QXZlcnk='],
  ])('in %s as before', async (encoding, body, text) => {
    expect(await fixture(...head, `Content-Transfer-Encoding: ${encoding}`, '', body)).toEqual([
      ...newHead,
      ...asText(encoding.trim().toLowerCase()),
      text,
    ]);
  });

  it('in UTF-8 whatever it was in', async () => {
    const [type, encoding] = [
      'Content-Type: text/plain; format=flowed; CHARSET = "iso-8859-1"',
      'quoted-printable',
    ];
    expect(await fixture(...head, type, `Content-Transfer-Encoding: ${encoding}`, '', 'caf=E9')).toEqual([
      ...newHead,
      ...asText(encoding),
      'caf=C3=A9',
    ]);
  });

  it('whose HTML is invented as HTML', async () => {
    expect((await fixture(...head, 'Content-Type: TEXT/HTML', '', 'Carole')).slice(4)).toEqual([
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      '<!-- Avery -->',
    ]);
  });

  it('with the same parts in the same order, their boundaries named anew', async () => {
    expect(
      await fixture(
        ...head,
        'Content-Type: multipart/mixed; boundary="outer carole"',
        '',
        'Carole before',
        '--outer carole',
        'Content-Type: multipart/alternative; boundary=inner',
        '',
        '--inner',
        '',
        'Carole',
        '--carole',
        '--inner',
        'Content-Type: text/html',
        '',
        'Carole',
        '--inner--',
        '--outer carole',
        'Content-Type: image/png; name=carole.png',
        '',
        'Carole',
        '--outer carole--',
        'Carole behind',
      ),
    ).toEqual([
      ...newHead,
      'Content-Type: multipart/mixed; boundary="0-redacted-part"',
      '',
      '--0-redacted-part',
      'Content-Type: multipart/alternative; boundary="1-redacted-part"',
      '',
      '--1-redacted-part',
      ...asText(),
      'Avery',
      '--avery',
      '--1-redacted-part',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      '<!-- Avery -->',
      '--1-redacted-part--',
      '',
      '--0-redacted-part',
      'Content-Type: image/png',
      'Content-Disposition: attachment',
      '',
      '',
      '--0-redacted-part--',
      '',
    ]);
  });

  it('with what was forwarded in it, as far as it is read', async () => {
    const inner = [
      'From: Carole <carole@market.example>',
      'Subject: Carole',
      'Date: Mon, 12 Apr 2027 11:04:11 -0700 (Carole)',
      '',
      'Carole',
    ];
    expect((await fixture(...head, 'Content-Type: message/rfc822', '', ...inner)).slice(4)).toEqual([
      'Content-Type: message/rfc822',
      '',
      'Subject: Avery',
      'Date: Mon, 12 Apr 2027 11:04:11 -0700',
      ...asText(),
      'Avery',
    ]);
  });

  it('of plain text where nobody can say what it is', async () => {
    expect((await fixture(...head, 'Content-Type: Carole', '', 'Carole')).slice(4)).toEqual([
      ...asText(),
      'Avery',
    ]);
  });
});
