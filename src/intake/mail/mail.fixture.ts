import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type DKIMSignOptions, dkimSign } from 'mailauth';
import type { Source } from '#intake/source.ts';
import { source } from '#intake/sources.ts';
import { sha256 } from '#lib/digest.ts';
import { builtInTemplates } from './built-in.ts';
import type { MailSender } from './senders.ts';
import type { Resolver } from './verify-mail.mailauth.ts';

/** A synthetic mail of `examples/mail`, with texts in it replaced. */
export function sampleMail(name: string, changes: Readonly<Record<string, string>> = {}): Buffer {
  // From the root of the checkout, where tests and proofs run: a bundle stands elsewhere than its sources.
  let text = readFileSync(`examples/mail/synthetic-${name}.eml`, 'utf8');
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`the mail ${name} does not say ${from}`);
    text = text.replaceAll(from, to);
  }
  return Buffer.from(text);
}

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const publicText = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** DNS in which some domains sign with the key of these tests and ask for DMARC. */
export const dnsOf =
  (domains: readonly string[], records: Readonly<Record<string, string>> = {}): Resolver =>
  async name => {
    const own = Object.hasOwn(records, name) ? records[name] : undefined;
    if (own !== undefined) return [[own]];
    for (const domain of domains) {
      if (name === `sel._domainkey.${domain}`) return [[`v=DKIM1; k=rsa; p=${publicText}`]];
      if (name === `_dmarc.${domain}`) return [['v=DMARC1; p=reject']];
    }
    throw Object.assign(new Error(`queryTxt ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
  };

export const signedHeaders = ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type'];

/** The mail with a DKIM signature of `domain` in front, as its server would put it there. */
export async function signedBy(
  domain: string,
  mail: Uint8Array,
  how: { headers?: readonly string[]; maxBodyLength?: number; privateKey?: string } = {},
): Promise<Buffer> {
  const signatureData = [
    {
      signingDomain: domain,
      selector: 'sel',
      privateKey: how.privateKey ?? privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      ...(how.maxBodyLength === undefined ? {} : { maxBodyLength: how.maxBodyLength }),
    },
  ];
  const { signatures, errors } = await dkimSign(Buffer.from(mail), {
    canonicalization: 'relaxed/relaxed',
    headerList: [...(how.headers ?? signedHeaders)],
    signatureData,
  } as unknown as DKIMSignOptions);
  if (errors.length > 0) throw new Error(String(errors[0]?.err));
  return Buffer.concat([Buffer.from(signatures), Buffer.from(mail)]);
}

/** Secret behind the + of the test's own address. */
export const addressSecret = 'q8Zr2Lw7Tn4Vb6KxQ3Ht9Mc5Jd7Pg2Ys';

/** A marketplace that sends mails about the heron. */
export const mailSourceOf = (
  sender: MailSender,
  more: Partial<NonNullable<Source['mail']>['trust']> = {},
): Source =>
  source({
    id: sender,
    kind: sender,
    times: 'local',
    listings: { 'Classic schooner JADA': 'heron', 'Sunset sail on JADA': 'heron' },
    mail: {
      templates: builtInTemplates(sender),
      trust: {
        domains: [`${sender}.com`],
        plusHashes: [sha256(addressSecret.toLowerCase())],
        trustedReceiver: null,
        ...more,
      },
    },
  });

/** The mail as Gmail forwards it, attached whole. */
export function forwardedAttached(mail: Uint8Array, to = 'bookings@sailjada.com'): Buffer {
  return Buffer.concat([
    Buffer.from(
      [
        'From: Joan Whitaker <joan@sailjada.example>',
        `To: ${to}`,
        'Subject: Fwd: a booking',
        'Date: Mon, 12 Apr 2027 12:00:00 -0700',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary="outer"',
        '',
        '--outer',
        'Content-Type: text/plain',
        '',
        'See below.',
        '--outer',
        'Content-Type: message/rfc822',
        'Content-Disposition: attachment; filename="booking.eml"',
        '',
        '',
      ].join('\r\n'),
    ),
    Buffer.from(mail),
    Buffer.from('\r\n--outer--\r\n'),
  ]);
}

/** The text of a mail as Gmail copies it into a mail of one's own. */
export function forwardedInline(copied: { subject: string; date: string; text: string }, to: string): Buffer {
  return Buffer.from(
    [
      'From: Joan Whitaker <joan@sailjada.example>',
      `To: ${to}`,
      `Subject: Fwd: ${copied.subject}`,
      'Date: Mon, 12 Apr 2027 12:00:00 -0700',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'A booking, see below. Start: when they like.',
      '',
      '---------- Forwarded message ---------',
      'From: Boatsetter <no-reply@boatsetter.com>',
      `Date: ${copied.date}`,
      `Subject: ${copied.subject}`,
      'To: <joan@sailjada.example>',
      '',
      copied.text,
    ].join('\r\n'),
  );
}
