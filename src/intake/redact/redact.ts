import { type MailReading, readMail } from '#intake/mail/mail-reading.ts';
import { openMail } from '#intake/mail/open-mail.postal-mime.ts';
import type { OpenedMail } from '#intake/mail/opened-mail.ts';
import { rowsOfHtml } from '#intake/mail/rows.node-html-parser.ts';
import { formsOf, type Template } from '#intake/mail/template.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Known } from './invent.ts';
import { redactHtml } from './redact-html.node-html-parser.ts';
import { redactMail } from './redact-mail.ts';

export type Redacted = {
  readonly mail: Uint8Array;
  /** The template that read the mail before and reads the fixture in the same way; null where none did. */
  readonly template: string | null;
};

/**
 * Turns a real mail into a fixture. `names`: people somebody knows to be in it, beyond those the templates and the headers
 * show. Throws the refusals of opening a mail, and `redaction-incomplete` rather than give out anything that was in it.
 */
export async function redact(
  bytes: Uint8Array,
  how: { templates: readonly Template[]; names: readonly string[]; vessels: readonly string[]; seed: string },
): Promise<Redacted> {
  const opened = await openMail(bytes);
  const before = read(opened, how.templates);
  const known = knownIn(opened, before, how);
  const mail = redactMail(bytes, { opened, known, seed: how.seed, redactHtml });
  const after = await openMail(mail);
  const left = leftIn(opened, after, known);
  if (left > 0)
    throw new Refusal(
      'redaction-incomplete',
      `${left} of the names, numbers and addresses of the mail would still stand in the fixture.`,
      'Name the people in it with --name, and report the mail’s structure if that does not help.',
    );
  const isSame = shape(before) === shape(read(after, how.templates));
  return { mail, template: isSame ? (before.template?.name ?? null) : null };
}

const read = (mail: OpenedMail, templates: readonly Template[]) =>
  readMail(mail, { templates, zone: 'UTC', isCopy: false, rowsOfHtml });

/** What was read where, and what was wrong; not what it said. */
const shape = ({ template, parts, problems }: MailReading) =>
  JSON.stringify([
    template?.name,
    parts.map(({ said }) => said.map(({ place }) => place)),
    problems.map(({ code }) => code),
  ]);

const allIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([one]) => one);

const aboutPeople =
  /\b(name|renter|guest|customer|client|captain|charterer|booked by|contact|traveller|traveler|from)\b/i;

function knownIn(
  mail: OpenedMail,
  { parts, values, template }: MailReading,
  {
    names,
    vessels,
    templates,
  }: { names: readonly string[]; vessels: readonly string[]; templates: readonly Template[] },
): Known {
  const said = (place: string) =>
    parts.flatMap(part => part.said.filter(one => one.place === place).map(({ value }) => value));
  const rows = rowsOfHtml(mail.html ?? '').map(({ label, value }) => `${label}: ${value}`);
  const text = [mail.text ?? '', ...rows].join('\n');
  const labelled = [...text.matchAll(/^[\s>*•·-]{0,8}([^:\n]{1,60}):[ \t]+(\S.*)/gm)]
    .filter(
      ([, label = '', value = '']) =>
        aboutPeople.test(label) && /^[\p{L}\p{M} .'’-]{2,80}$/u.test(value.trim()),
    )
    .map(([, , value = '']) => value);
  const greeted = [...text.matchAll(/\b(?:Hi|Hello|Dear|Hey)\s+([\p{L}\p{M}'’-]+)\s*[,!]/gu)].map(
    match => match[1] ?? '',
  );
  const addressed = ['to', 'cc', 'reply-to'].flatMap(name =>
    mail.headers
      .filter(([key]) => key === name)
      .map(([, value]) => value.replace(/[^\s<,]+@[^\s,]+|"/g, ' ')),
  );
  const literal = templates.flatMap(({ subject, rows, passedOver, noteEnds }) => [
    subject,
    ...rows.flatMap(row => [row.label, ...formsOf(row)]),
    ...passedOver,
    noteEnds ?? '',
  ]);
  const labels = [...text.matchAll(/^[\s>*•·-]{0,8}([^:\n@\d]{1,60}):/gm)].map(match => match[1] ?? '');
  const kept = [...literal, ...vessels, ...said('vessel'), ...(template === null ? labels : [])];
  const id = values.get('booking')?.value;
  return {
    names: [...names, ...said('guestName'), ...labelled, ...greeted, ...addressed],
    notes: said('note').filter(note => note.length > 3),
    ids: id === undefined ? [] : [id],
    keep: new Set(kept.flatMap(one => allIn(one.toLowerCase(), /[\p{L}\p{M}'’-]+/gu))),
  };
}

/** How many of the original addresses, long numbers and names still stand there. */
function leftIn(before: OpenedMail, after: OpenedMail, { names, keep }: Known): number {
  const all = ({ subject, text, html }: OpenedMail) => `${subject}\n${text ?? ''}\n${html ?? ''}`;
  const [was, now] = [all(before), all(after).toLowerCase()];
  const addresses = allIn(was, /[^\s<>@"(),;:]+@[^\s<>@"(),;:]+\.[a-z]{2,}/gi);
  const numbers = allIn(was, /\p{Sc}\s?\d[\d.,]*|\+\d[\d ()-]{6,}\d/gu).filter(one => /\d.*\d.*\d/.test(one));
  const words = names
    .flatMap(name => allIn(name.toLowerCase(), /[\p{L}\p{M}'’-]{3,}/gu))
    .filter(one => !keep.has(one) && !/^(may|march|april|june|august|guest|date|will|grant)$/.test(one));
  const isWord = (one: string) => new RegExp(`(?<![\\p{L}\\d])${one}(?![\\p{L}\\d])`, 'u');
  const whole = new Set([...addresses, ...numbers].map(one => one.toLowerCase()));
  return [
    ...[...whole].filter(one => now.includes(one)),
    ...[...new Set(words)].filter(one => isWord(one).test(now)),
  ].length;
}
