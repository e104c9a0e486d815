import { troubleOf } from './bounce.ts';
import type { MailTrouble } from './suppressed.ts';

/** What a mail server's report says about a letter of ours, known by the key in its Message-ID. */
export type MailReport = {
  readonly letterKey: string;
  readonly why: MailTrouble['why'];
  readonly said: string;
};

/** More of a report is not read: what counts stands in its first parts. */
const readBytes = 256 * 1024;

/**
 * Reads a report on a letter: that it could not be delivered (RFC 3464), or that its reader called it junk (RFC 5965). Null
 * for any other mail, for a delay, and for one that names no letter. Both kinds of report are plain lines in parts that may
 * not be encoded, so they are read as lines; whether the letter is one of ours is for the caller to see.
 */
export function readReport(mail: Uint8Array): MailReport | null {
  const lines = Buffer.from(mail.subarray(0, readBytes)).toString('latin1').replace(/\r\n/g, '\n');
  const text = lines.replace(/\n[ \t]+/g, ' ');
  const type = /^content-type: *multipart\/report\b.*$/im.exec(text)?.[0] ?? '';
  const kind = /report-type="?(delivery-status|feedback-report)/i.exec(type)?.[1]?.toLowerCase();
  const letterKey = /^message-id: *<([0-9a-f]{32})@[^>\s]+>/im.exec(afterHead(text))?.[1];
  if (!kind || !letterKey) return null;
  const field = (name: string) =>
    new RegExp(`^${name}: *(.+)$`, 'im').exec(afterHead(text))?.[1]?.trim() ?? '';

  if (kind === 'feedback-report') {
    if (!/^(abuse|fraud|other)$/i.test(field('feedback-type'))) return null;
    return { letterKey, why: 'complaint', said: 'Its reader marked a letter as junk.' };
  }
  const why = /^failed$/i.test(field('action')) ? troubleOf(field('status').split(' ')[0] ?? '') : null;
  if (!why) return null;
  const said = field('diagnostic-code').replace(/^smtp; */i, '') || field('status');
  return { letterKey, why, said: `A mail server said: ${said.replace(/\p{Cc}/gu, ' ').slice(0, 300)}` };
}

/** What follows the report's own headers: its own Message-ID is no letter of ours. */
const afterHead = (text: string) => text.slice(text.indexOf('\n\n') + 1);
