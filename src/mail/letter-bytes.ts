import { checkLetter } from './check-letter.ts';
import type { Address, Letter } from './letter.ts';
import { letterKey, messageIdOf } from './letter-key.ts';
import { encodedWords, foldedText, quotedPrintable } from './mime-text.ts';

/**
 * The letter as RFC 822 bytes with CRLF, for every adapter alike. Text, HTML and the invite are alternatives of each
 * other; the invite is attached as a file as well, for programs that only open files. The same letter at the same time
 * (epoch ms, for the Date header) gives the same bytes. Refusals: those of `checkLetter`.
 */
export function letterBytes(letter: Letter, at: number): Buffer {
  checkLetter(letter);
  const { invite } = letter;
  const boundary = boundaries(letter.id);
  const alternatives = multipart('alternative', boundary('alternatives'), [
    textPart('text/plain; charset=utf-8', letter.text),
    textPart('text/html; charset=utf-8', letter.html),
    ...(invite ? [textPart(`text/calendar; charset=utf-8; method=${invite.method}`, invite.ics)] : []),
  ]);
  const body = invite
    ? multipart('mixed', boundary('parts'), [alternatives, attached(invite.ics)])
    : alternatives;
  const head = [
    // RFC 3834: answering machines leave such mail alone.
    'Auto-Submitted: auto-generated',
    `X-Gangway-Letter: ${letter.kind}`,
    mailbox('From', letter.from),
    mailbox('To', letter.to),
    ...(letter.replyTo ? [mailbox('Reply-To', letter.replyTo)] : []),
    ...(letter.unsubscribe
      ? [`List-Unsubscribe: <${letter.unsubscribe}>`, 'List-Unsubscribe-Post: List-Unsubscribe=One-Click']
      : []),
    `Subject: ${foldedText(letter.subject, 'Subject: '.length)}`,
    `Message-ID: ${messageIdOf(letter)}`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n${body}`, 'latin1');
}

/** A sign that encoded text cannot hold: there an equals sign is followed by a digit, a letter or the end of the line. */
const boundaries = (id: string) => {
  const key = letterKey(id).slice(0, 16);
  return (part: string) => `=_${part}_${key}`;
};

function multipart(kind: 'mixed' | 'alternative', boundary: string, parts: readonly string[]): string {
  const opened = parts.map(part => `--${boundary}\r\n${part}\r\n`);
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${opened.join('')}--${boundary}--\r\n`;
}

const textPart = (type: string, text: string) =>
  `Content-Type: ${type}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(text)}`;

const attached = (ics: string) =>
  [
    'Content-Type: application/ics; name=invite.ics',
    'Content-Disposition: attachment; filename=invite.ics',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(ics, 'utf8')
      .toString('base64')
      .replace(/.{76}(?!$)/g, '$&\r\n'),
  ].join('\r\n');

/** `To: "May, Carole" <carole@example.org>` */
function mailbox(header: string, { name, address }: Address): string {
  if (name.trim() === '') return `${header}: ${address}`;
  return `${header}: ${phrase(name, header.length + 2)} <${address}>`;
}

function phrase(name: string, column: number): string {
  if (/^[\w!#$&'*+/^{}~-]+(?: [\w!#$&'*+/^{}~-]+)*$/.test(name)) return name;
  // What looks like the beginning of an encoded word is encoded, or a mail program might read it as one.
  if (/^[ -~]*$/.test(name) && !name.includes('=?')) return `"${name.replace(/["\\]/g, '\\$&')}"`;
  return encodedWords(name, column);
}
