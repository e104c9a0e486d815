import { domainOf, type OpenedMail } from '#intake/mail/opened-mail.ts';
import { type Invent, inventor, type Known } from './invent.ts';
import { decodedText, encodedText, headerOf, type MimePart, mimePart, partsBetween } from './mime-parts.ts';

export type RedactHtml = (html: string, invent: Invent) => string;

/**
 * A mail with invented people and the same structure, as bytes: headers that lead to anybody go, every text and subject is
 * invented anew, attachments are emptied. Whatever signed it no longer does.
 */
export function redactMail(
  bytes: Uint8Array,
  how: { opened: OpenedMail; known: Known; seed: string; redactHtml: RedactHtml },
): Uint8Array {
  const invent = inventor(how.known, how.seed);
  const mail = mimePart(Buffer.from(bytes).toString('latin1'));
  const domain = domainOf(how.opened.from[0] ?? '') || 'marketplace.example';
  const headers = [
    ['From', `Marketplace <no-reply@${domain}>`],
    ['To', 'bookings@operator.example'],
    ['Subject', encodedWord(invent(how.opened.subject))],
    ['Message-ID', `<redacted@${domain}>`],
    ...['Date', 'MIME-Version'].flatMap(name => {
      const value = headerOf(mail, name.toLowerCase());
      return value === '' ? [] : [[name, value.replace(/\([^)]*\)/g, '').trim()]];
    }),
  ];
  const { headers: content, body } = redactPart(mail, { ...how, invent, depth: 0 });
  const lines = [...headers, ...content].map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1');
}

/** `depth`: how many parts it stands in. */
type Redacting = { invent: Invent; redactHtml: RedactHtml; depth: number };

/** Its headers of content, and its body. */
function redactPart(part: MimePart, how: Redacting): MimePart {
  const written = headerOf(part, 'content-type') || 'text/plain';
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(written)?.[0]?.toLowerCase() ?? 'text/plain';
  const encoding = headerOf(part, 'content-transfer-encoding').trim().toLowerCase();
  const parameter = (name: string) =>
    new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(written)?.slice(1).find(Boolean) ??
    '';

  const within = { ...how, depth: how.depth + 1 };
  if (type.startsWith('multipart/')) {
    // Another name than that of the parts around it, even as far as its beginning.
    const own = `${how.depth}-redacted-part`;
    const parts = partsBetween(part.body, parameter('boundary')).map(piece =>
      joined(redactPart(mimePart(piece), within)),
    );
    return {
      headers: [['Content-Type', `${type}; boundary="${own}"`]],
      body: [...parts.map(text => `--${own}\r\n${text}\r\n`), `--${own}--\r\n`].join(''),
    };
  }
  if (type === 'message/rfc822') {
    const inner = mimePart(part.body);
    const { headers, body } = redactPart(inner, within);
    return {
      headers: [['Content-Type', type]],
      body: joined({
        body,
        headers: [
          ['Subject', encodedWord(how.invent(headerOf(inner, 'subject')))],
          [
            'Date',
            headerOf(inner, 'date')
              .replace(/\([^)]*\)/g, '')
              .trim(),
          ],
          ...headers,
        ],
      }),
    };
  }
  if (type !== 'text/plain' && type !== 'text/html')
    return {
      headers: [
        ['Content-Type', type],
        ['Content-Disposition', 'attachment'],
      ],
      body: '',
    };
  const text = decodedText(part, encoding, parameter('charset'));
  const redacted = type === 'text/html' ? how.redactHtml(text, how.invent) : how.invent(text);
  const kept = encoding === 'base64' || encoding === 'quoted-printable' ? encoding : '8bit';
  return {
    headers: [
      ['Content-Type', `${type}; charset=utf-8`],
      ['Content-Transfer-Encoding', kept],
    ],
    body: encodedText(redacted, kept),
  };
}

const joined = ({ headers, body }: MimePart): string =>
  `${headers.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}`;

/** As ASCII, or as encoded words of at most 75 characters (RFC 2047). */
const encodedWord = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text)
    ? text
    : (text.match(/.{1,12}/gsu) ?? [])
        .map(piece => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`)
        .join(' ');
