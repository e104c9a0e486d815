import type { Address as ParsedAddress } from 'postal-mime';
import type { Address } from './letter.ts';

/** A letter as it arrived, read from its bytes the way a mail program would. */
export type OpenedLetter = {
  readonly from: Address;
  readonly to: Address;
  readonly subject: string;
  /** The Date header as ISO 8601 UTC, to the second. */
  readonly at: string;
  /** `invitation`, `welcome`…; empty where the letter is not one of ours. */
  readonly kind: string;
  /** As sent, unfolded, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly html: string;
  readonly invite: { readonly method: string; readonly ics: string } | null;
};

/** Reads a letter's bytes; the beginning is enough for all but the bodies. */
export async function openLetter(bytes: Uint8Array): Promise<OpenedLetter> {
  const { default: PostalMime } = await import('postal-mime');
  const mail = await PostalMime.parse(bytes, { attachmentEncoding: 'utf8' });
  const calendar = mail.attachments.find(part => part.mimeType === 'text/calendar');
  return {
    from: mailbox(mail.from),
    to: mailbox(mail.to?.[0]),
    subject: mail.subject ?? '',
    at: mail.date ?? '',
    kind: mail.headers.find(header => header.key === 'x-gangway-letter')?.value ?? '',
    headers: mail.headers.map(({ originalKey, value }) => [originalKey, value]),
    text: mail.text ?? '',
    html: mail.html ?? '',
    invite: calendar ? { method: calendar.method ?? 'PUBLISH', ics: String(calendar.content) } : null,
  };
}

const mailbox = (parsed: ParsedAddress | undefined): Address => ({
  name: parsed?.name ?? '',
  address: parsed?.address ?? '',
});
