import { describe, expect, it } from 'vitest';
import { builtInTemplates } from '#intake/mail/built-in.ts';
import { sampleMail } from '#intake/mail/mail.fixture.ts';
import { openMail } from '#intake/mail/open-mail.postal-mime.ts';
import { redact } from './redact.ts';

const templates = [...builtInTemplates('boatsetter'), ...builtInTemplates('getmyboat')];
const vessels = ['Classic schooner JADA', 'Sunset sail on JADA'];
const redacted = (mail: Uint8Array, more: { names?: string[]; seed?: string } = {}) =>
  redact(mail, { templates, vessels, names: more.names ?? [], seed: more.seed ?? 'one' });
const words = async (mail: Uint8Array) => {
  const { subject, text, html, headers } = await openMail(mail);
  return `${subject}\n${text}\n${html}\n${headers.map(([, value]) => value).join('\n')}`;
};

const kinds = ['new', 'changed', 'cancelled', 'message', 'payout'];

describe('a fixture', () => {
  it.each(['boatsetter', 'getmyboat'].flatMap(sender => kinds.map(kind => `${sender}-${kind}`)))(
    'of %s is read by the same template, and has nobody of the mail in it',
    async name => {
      const { mail, template } = await redacted(sampleMail(name));
      expect(template).toBe(name.replace('-', ' '));
      const text = await words(mail);
      expect(text).not.toMatch(/Carole|Whitfield|carole|619 555|xhqgmdh|60th|cake|sailjada/i);
      expect(text).not.toMatch(/840\.75|51\.20|689\.42/);
    },
  );

  it('keeps days, clocks, passengers and vessels, and the two parts agree', async () => {
    const { mail } = await redacted(sampleMail('boatsetter-new'));
    const { text, html } = await openMail(mail);
    for (const part of [text, html]) {
      for (const kept of [
        'Classic schooner JADA',
        'Sunday, May 30, 2027',
        '4:30 PM',
        '4 guests',
        'Booking ID',
      ])
        expect(part).toContain(kept);
    }
    const name = /Renter: (.*)/.exec(text ?? '')?.[1]?.trim();
    expect(name).toMatch(/^[A-Z]\w+ [A-Z]\w+$/);
    expect(html).toContain(name);
  });

  it('is another for another seed, and none of its amounts can be calculated back', async () => {
    const amounts = await Promise.all(
      ['a', 'b', 'c'].map(async seed => {
        const { mail } = await redacted(sampleMail('boatsetter-new'), { seed });
        return /Your earnings: \$(\S+)/.exec((await openMail(mail)).text ?? '')?.[1];
      }),
    );
    expect(new Set(amounts).size).toBe(3);
  });

  it('of a mail that no template knows invents whoever is named, labelled or greeted', async () => {
    const mail = Buffer.from(
      [
        'From: Harbor Trips <no-reply@harbortrips.example>',
        'To: "Joan Whitaker" <joan@sailjada.example>',
        'Subject: =?utf-8?Q?Neue_Buchung_von_Ren=C3=A9e_M=C3=BCller?=',
        'Date: Mon, 12 Apr 2027 11:04:11 -0700',
        'Content-Type: text/plain; charset=iso-8859-1',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'Hello Joan,',
        'Guest: Ren=E9e M=FCller',
        'Mobile: +49 171 5550142',
        'You earn 1.234,56 EUR for May 30, 2027. Ask ren=E9e if unsure. =',
        'Ref HT-88123.',
      ].join('\r\n'),
    );
    const text = await words((await redacted(mail)).mail);
    expect(text).not.toMatch(/ren[ée]e|m[üu]ller|joan|whitaker|5550142|1\.234,56|88123|sailjada/i);
    expect(text).toContain('May 30, 2027');
    expect(text).toMatch(/Guest: \p{L}+ \p{L}+/u);
  });

  it('empties attachments and what is forwarded', async () => {
    const mail = Buffer.from(
      [
        'From: a@market.example',
        'Subject: Receipt',
        'Content-Type: multipart/mixed; boundary=x',
        '',
        '--x',
        'Content-Type: message/rfc822',
        '',
        'From: "Carole Whitfield" <carole@example.org>',
        'Subject: Re: Carole',
        'Content-Type: text/plain',
        '',
        'Dear Carole, it is $840.75.',
        '--x',
        'Content-Type: application/pdf; name="Carole Whitfield.pdf"',
        'Content-Disposition: attachment; filename="Carole Whitfield.pdf"',
        '',
        'JVBERi0xLjQgQ2Fyb2xl',
        '--x--',
        '',
      ].join('\r\n'),
    );
    const { mail: fixture } = await redacted(mail, { names: ['Carole Whitfield'] });
    expect(Buffer.from(fixture).toString()).not.toMatch(/carole|whitfield|840|JVBER/i);
    expect((await openMail(fixture)).attached).toHaveLength(1);
  });
});
