import { generateKeyPairSync } from 'node:crypto';
import { signedBy, signedHeaders } from '#intake/mail/mail.fixture.ts';
import type { Dice } from '../sim/dice.ts';

const otherKey = generateKeyPairSync('rsa', { modulusLength: 1024 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

const marketplace = 'boatsetter.com';

/** Ways to make a mail look like the marketplace's without being it. Each takes the honest mail, unsigned. */
const ways: Readonly<Record<string, (mail: string, dice: Dice) => Promise<Uint8Array>>> = {
  'no signature': async mail => bytes(mail),
  'signed by somebody else': mail => signedBy('impostor.example', bytes(mail)),
  'a look-alike domain, signed by itself': (mail, { pick }) => {
    const domain = pick([
      'b0atsetter.com',
      'boatsetter.co',
      'boatsetter.com.impostor.example',
      'mail-boatsetter.com',
      'xn--botsetter-d4a.com',
      'notboatsetter.com',
    ]);
    return signedBy(domain, bytes(from(mail, `"Boatsetter" <no-reply@${domain}>`)));
  },
  'the name of the marketplace beside another address': mail =>
    signedBy('impostor.example', bytes(from(mail, '"no-reply@boatsetter.com" <no-reply@impostor.example>'))),
  'an encoded name that reads like an address': mail =>
    signedBy(
      'impostor.example',
      bytes(from(mail, '=?utf-8?Q?no-reply=40boatsetter=2Ecom?= <a@impostor.example>')),
    ),
  'two From headers, the first the marketplace’s': mail =>
    signedBy(
      'impostor.example',
      bytes(`From: no-reply@${marketplace}\r\n${from(mail, 'a@impostor.example')}`),
    ),
  'two From headers, the last the marketplace’s': mail =>
    signedBy(marketplace, bytes(mail)).then(signed =>
      bytes(`From: a@impostor.example\r\n${signed.toString('latin1')}`),
    ),
  'two senders in one From': mail =>
    signedBy(marketplace, bytes(from(mail, `no-reply@${marketplace}, a@impostor.example`))),
  'signed, then another subject on top': mail =>
    signedBy(marketplace, bytes(mail)).then(signed =>
      bytes(`Subject: Booking confirmed: other\r\n${signed.toString('latin1')}`),
    ),
  'signed, then a word changed': async (mail, { pick }) => {
    const signed = (await signedBy(marketplace, bytes(mail))).toString('latin1');
    return bytes(
      pick(
        [
          ['30, 2027', '31, 2027'],
          ['4 guests', '5 guests'],
          ['4:30 PM', '5:30 PM'],
        ].map(([a = '', b = '']) => signed.replaceAll(a, b)),
      ),
    );
  },
  'signed, then a line after the part that is covered': async mail => {
    const body = mail.slice(mail.indexOf('\r\n\r\n') + 4);
    const signed = await signedBy(marketplace, bytes(mail), { maxBodyLength: body.length });
    return Buffer.concat([signed, bytes('\r\nGuests: 9 guests\r\n')]);
  },
  'a signature that leaves the subject out': mail =>
    signedBy(marketplace, bytes(mail), { headers: signedHeaders.filter(name => name !== 'subject') }),
  'a signature that leaves the date out': mail =>
    signedBy(marketplace, bytes(mail), { headers: signedHeaders.filter(name => name !== 'date') }),
  'a signature by another key': async mail => {
    return signedBy(marketplace, bytes(mail), { privateKey: otherKey });
  },
  'two signatures, neither of use': async mail => {
    const once = await signedBy('impostor.example', bytes(mail));
    const lines = (await signedBy(marketplace, bytes(mail)))
      .toString('latin1')
      .replace(/b=[^;]*$/m, 'b=AAAA');
    return bytes(lines.slice(0, lines.indexOf('Message-ID')) + once.toString('latin1'));
  },
  'results that it brings along itself': async mail =>
    bytes(
      `Authentication-Results: mx.google.com; dkim=pass header.d=${marketplace}; dmarc=pass header.from=${marketplace}\r\n${mail}`,
    ),
  'a sender that is the marketplace, a From that is not': mail =>
    signedBy(
      'impostor.example',
      bytes(`Sender: no-reply@${marketplace}\r\n${from(mail, 'a@impostor.example')}`),
    ),
  'the mail inside a mail': async (mail, { chance }) => {
    const inner = chance(0.5) ? mail : (await signedBy('impostor.example', bytes(mail))).toString('latin1');
    return signedBy('impostor.example', nested(inner));
  },
  'the mail inside a mail that claims to be the marketplace’s': async mail =>
    bytes(from(nested(mail).toString('latin1'), `no-reply@${marketplace}`)),
  'copied into the text of another': async mail =>
    bytes(
      [
        'From: a@impostor.example',
        'To: bookings@sailjada.com',
        'Subject: Fwd: Booking confirmed: xhqgmdh',
        'Date: Mon, 12 Apr 2027 12:00:00 -0700',
        'Content-Type: text/plain',
        '',
        '---------- Forwarded message ---------',
        `From: Boatsetter <no-reply@${marketplace}>`,
        'Date: Mon, Apr 12, 2027 at 11:04 AM',
        /^Subject: .*$/m.exec(mail)?.[0] ?? '',
        '',
        mail.slice(mail.indexOf('Booking ID'), mail.indexOf('--=_synthetic_0001\r\nContent-Type: text/html')),
      ].join('\r\n'),
    ),
  'a date long past, unsigned': async mail =>
    bytes(mail.replace(/^Date: .*$/m, 'Date: Mon, 12 Apr 2010 11:04:11 -0700')),
};

export const spoofs = Object.keys(ways);

/** The mail made to look like one of the marketplace's. */
export const spoofed = (way: string, mail: string, dice: Dice): Promise<Uint8Array> => {
  const make = ways[way];
  if (!make) throw new Error(`there is no way ${way}`);
  return make(mail, dice);
};

const bytes = (text: string) => Buffer.from(text, 'latin1');
const from = (mail: string, who: string) => mail.replace(/^From: .*$/m, `From: ${who}`);

const nested = (mail: string) =>
  bytes(
    [
      'From: a@impostor.example',
      'To: bookings@sailjada.com',
      'Subject: Fwd: a booking',
      'Date: Mon, 12 Apr 2027 12:00:00 -0700',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="a"',
      '',
      '--a',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      mail,
      '--b--',
      '--a--',
      '',
    ].join('\r\n'),
  );
