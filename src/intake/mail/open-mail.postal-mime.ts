import type { addressParser } from 'postal-mime';
import { Refusal } from '#lib/refusal.ts';
import { mailLimits, type OpenedMail } from './opened-mail.ts';

/**
 * Opens a mail of any origin: encoded words, charsets and nested parts undone, attached mails left as bytes.
 * Refusals: `mail-too-large`, `mail-malformed`.
 */
export async function openMail(bytes: Uint8Array): Promise<OpenedMail> {
  if (bytes.byteLength > mailLimits.bytes) throw tooLarge(bytes.byteLength);
  const { default: PostalMime, addressParser } = await import('postal-mime');
  const mail = await PostalMime.parse(bytes, {
    forceRfc822Attachments: true,
    maxNestingDepth: 20,
    maxHeadersSize: 256 * 1024,
  }).catch((error: unknown) => {
    throw malformed(error instanceof Error ? error.message : String(error));
  });
  if (mail.headers.length === 0) throw malformed('it has no headers');
  const headers = mail.headers.map(({ key, value }) => [key, value] as const);
  const valuesOf = (...names: string[]) =>
    headers.flatMap(([name, value]) => (names.includes(name) ? addressesIn(value, addressParser) : []));
  return {
    from: valuesOf('from'),
    recipients: valuesOf('to', 'cc', 'delivered-to', 'x-original-to'),
    subject: (mail.subject ?? '').replace(/\s+/g, ' ').trim(),
    sentAt: instantIn(headers.find(([name]) => name === 'date')?.[1]),
    headers,
    text: mail.text ?? null,
    html: mail.html ?? null,
    attached: mail.attachments
      .filter(part => part.mimeType === 'message/rfc822')
      .map(({ content }) => (typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content))),
  };
}

const addressesIn = (value: string, parse: typeof addressParser): string[] =>
  parse(value, { flatten: true }).flatMap(({ address }) => (address ? [address.toLowerCase()] : []));

/** Only with a zone: a date without one could be any of two dozen instants. */
function instantIn(date: string | undefined): number | null {
  if (!date || !/(?:[+-]\d{4}|\bGMT|\bUTC?)\s*(?:\([^()]*\)\s*)?$/.test(date)) return null;
  const ms = Date.parse(date);
  return Number.isNaN(ms) || ms < 0 ? null : ms;
}

const tooLarge = (bytes: number) =>
  new Refusal(
    'mail-too-large',
    `The mail has ${bytes} bytes; ${mailLimits.bytes} are the most that is read.`,
    'Forward it without its attachments.',
    { limit: mailLimits.bytes },
  );

const malformed = (why: string) =>
  new Refusal(
    'mail-malformed',
    `This is no mail that can be read: ${why.slice(0, 200)}.`,
    'Send the whole mail as it came in (the .eml file, message/rfc822), not a picture or an excerpt of it.',
  );
