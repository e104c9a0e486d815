import { plain } from './form.ts';

/** A mail that somebody copied into a mail of theirs: what the copied headers say, and the text below them. */
export type InlineCopy = {
  readonly from: string | null;
  readonly subject: string;
  /** As it stands there, in whatever way the forwarder's program writes dates. */
  readonly date: string;
  readonly text: string;
};

const begins =
  /^\s*(?:-{2,}\s*(?:Forwarded message|Original Message|Forwarded Message)\s*-{2,}|Begin forwarded message:)\s*$/i;
const header = /^\s*\*?(From|Date|Sent|Subject|To|Cc|Reply-To)\*?:\*?\s*(.*)$/i;

/**
 * Finds a mail copied into a text by Gmail, Outlook, Apple Mail or Thunderbird. Null when there is none, or more than
 * one: then it is not clear which is meant. Nothing in a copy proves where it is from.
 */
export function inlineCopy(text: string): InlineCopy | null {
  const lines = text.split(/\r?\n/).map(line => line.replace(/^(?:>\s?)+/, ''));
  const starts = lines.flatMap((line, index) => (begins.test(line) ? [index] : []));
  const [start] = starts;
  if (start === undefined || starts.length > 1) return null;
  const found = new Map<string, string>();
  let at = start + 1;
  while (at < lines.length && (lines[at] ?? '').trim() === '') at++;
  for (; at < lines.length; at++) {
    const [, name, value = ''] = header.exec(lines[at] ?? '') ?? [];
    if (name === undefined) break;
    const key = name.toLowerCase() === 'sent' ? 'date' : name.toLowerCase();
    if (found.has(key)) return null;
    found.set(key, plain(value).replace(/\*/g, '').trim());
  }
  const subject = found.get('subject');
  const date = found.get('date');
  if (subject === undefined || date === undefined) return null;
  return {
    from: /[^\s<>@"]+@[^\s<>@"]+/.exec(found.get('from') ?? '')?.[0]?.toLowerCase() ?? null,
    subject,
    date,
    text: lines.slice(at).join('\n'),
  };
}
