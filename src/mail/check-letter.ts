import { Refusal } from '#lib/refusal.ts';
import type { Address, Letter } from './letter.ts';

/**
 * Holds a letter to what may stand in a mail header before any library sees it, so that what a guest typed can never
 * become a header or a second recipient. Refusals: `letter-malformed`, `address-invalid`; nothing is cleaned up silently.
 */
export function checkLetter(letter: Letter): void {
  checkLine('id', letter.id, 500);
  for (const field of ['id', 'subject'] as const)
    if (letter[field].trim() === '') throw malformed(field, 'is empty');
  if (!/^[a-z][a-z -]{0,39}$/.test(letter.kind)) throw malformed('kind', 'is not a lower-case word');
  checkLine('subject', letter.subject, 400);
  checkMailbox('sender', letter.from);
  checkMailbox('recipient', letter.to);
  if (letter.replyTo) checkMailbox('reply address', letter.replyTo);
  if (letter.unsubscribe !== undefined && !/^https?:\/\/[\w./:?#=&%~+-]{1,300}$/.test(letter.unsubscribe))
    throw malformed('unsubscribe', 'is no address of a page');
  for (const part of ['text', 'html'] as const) {
    if (!letter[part].isWellFormed()) throw malformed(part, 'holds half a character');
  }
}

/**
 * Whether mail can be sent to this address without a parser being tricked: one `@`, a plain local part, a domain in ASCII.
 * Refusal `address-invalid` otherwise. Quoted local parts and the old routing signs `%` and `!` are valid mail and refused.
 */
export function checkAddress(address: string): void {
  const [local = '', domain = '', ...more] = address.split('@');
  const plain =
    more.length === 0 &&
    address.length <= 254 &&
    local.length <= 64 &&
    /^[\w#$&'*+/=?^{}~-]+(?:\.[\w#$&'*+/=?^{}~-]+)*$/.test(local) &&
    domain.split('.').every(label => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));
  if (plain) return;
  throw new Refusal(
    'address-invalid',
    'This is not an e-mail address that letters can be sent to.',
    'Correct the address. It has one @, no spaces or quotes, and the domain in plain letters (`xn--…` for others).',
    { length: address.length },
  );
}

function checkMailbox(field: string, mailbox: Address): void {
  checkLine(`name of the ${field}`, mailbox.name, 200);
  checkAddress(mailbox.address);
}

// Line and paragraph separators and the signs that turn the direction of text count with the control characters:
// no header needs them, and they make a name look like another.
const unfit = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

function checkLine(field: string, value: string, longest: number): void {
  const found = unfit.exec(value)?.[0];
  if (found !== undefined) {
    const point = found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    throw malformed(field, `holds the character U+${point}, which cannot stand in a mail header`);
  }
  // RFC 2047: mail programs would show what is encoded in it, past every check of what was typed.
  if (/=\?[^\s?]*\?[bq]\?/i.test(value))
    throw malformed(field, 'looks like an encoded word of a mail header');
  if (!value.isWellFormed()) throw malformed(field, 'holds half a character');
  if (value.length > longest) throw malformed(field, `is longer than ${longest} characters`);
}

const malformed = (field: string, fault: string) =>
  new Refusal(
    'letter-malformed',
    `The letter was not taken: its ${field} ${fault}.`,
    'Remove line breaks and invisible signs from what was typed, shorten it if it is long, then retry.',
    { field },
  );
