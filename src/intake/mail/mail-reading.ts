import type { Problem } from '#booking/problem.ts';
import { type Place, plain, readForm, type Said } from './form.ts';
import { inlineCopy } from './forwarded.ts';
import { forwardedAt } from './forwarded-date.ts';
import { headerValues, type OpenedMail } from './opened-mail.ts';
import { type PartRead, readRows } from './read-rows.ts';
import { type RowsOfHtml, rowsOfText } from './rows.ts';
import { labelKey, type Template } from './template.ts';

/** What a mail says by its template: one value for each place, and how far the mail was understood. */
export type MailReading = {
  readonly template: Template | null;
  readonly parts: readonly PartRead[];
  readonly subject: readonly Said[];
  /** Places that are not for the books, each with one value that all parts agree on. */
  readonly values: ReadonlyMap<Place, Said>;
  /** What is for the books, as it stands in the first part; an amount the parts differ about is both, which is none. */
  readonly books: readonly Said[];
  /** When it was sent, epoch ms; null where that is not known. */
  readonly sentAt: number | null;
  readonly isCopy: boolean;
  readonly problems: readonly Problem[];
};

/**
 * Reads a mail by the one template its subject fits. `isCopy` takes the mail that somebody copied into the text of
 * theirs. Nothing is guessed: a second fitting template, a row too many or too few, parts that differ are problems.
 */
export function readMail(
  mail: OpenedMail,
  how: { templates: readonly Template[]; zone: string; isCopy: boolean; rowsOfHtml: RowsOfHtml },
): MailReading {
  const copy = how.isCopy ? inlineCopy(mail.text ?? '') : null;
  const subject = copy?.subject ?? mail.subject;
  const sentAt = copy ? forwardedAt(copy.date, how.zone) : mail.sentAt;
  const fitting = how.templates.flatMap(template => {
    const said = readForm(template.subject, subject);
    return said ? [{ template, said }] : [];
  });
  const [chosen] = fitting;
  const nothing = { parts: [], values: new Map(), books: [], sentAt, isCopy: how.isCopy };
  if (!chosen || fitting.length > 1) {
    const problem = chosen
      ? severalTemplates(fitting.map(({ template }) => template.name))
      : (driftedSubject(mail, how) ?? noTemplate);
    return { ...nothing, template: null, subject: [], problems: [problem] };
  }
  const { template, said: subjectSaid } = chosen;
  const text = copy?.text ?? mail.text;
  const parts = [
    ...(text !== null && text.trim() !== '' ? [readRows('text', rowsOfText(text, template), template)] : []),
    ...(mail.html !== null && mail.html.trim() !== ''
      ? [readRows('html', how.rowsOfHtml(mail.html), template)]
      : []),
  ];
  const { values, problems } = agreed(subjectSaid, parts);
  return {
    ...nothing,
    template,
    parts,
    subject: subjectSaid,
    values,
    books: booksSaid(parts),
    problems: [
      ...(parts.length === 0 ? [noParts] : []),
      ...(parts.length === 1 && !copy && isAlternative(mail) ? [onePartOnly] : []),
      ...parts.flatMap(part => part.problems),
      ...problems,
      ...(sentAt === null ? [notDated] : []),
    ],
  };
}

const isBooks = ({ isFinance }: Said) => isFinance;

/** An amount of which the parts say different things can stop no booking, so it goes to the books as no amount at all. */
function booksSaid([first, second]: readonly PartRead[]): readonly Said[] {
  const said = first?.said.filter(isBooks) ?? [];
  if (!second) return said;
  const others = (place: Place) =>
    second.said.filter(one => one.place === place).map(({ value }) => plain(value).trim());
  return said.map(one => {
    if (one.place === 'note') return one;
    const there = others(one.place);
    return there.includes(plain(one.value).trim())
      ? one
      : { ...one, value: `${one.value} / ${there.join(' / ')}` };
  });
}

/** Every place with one value. What the subject or one part says twice, or two parts differently, has none. */
function agreed(subject: readonly Said[], parts: readonly PartRead[]) {
  const voices = [
    { name: 'subject', said: subject },
    ...parts.map(({ part, said }) => ({ name: `${part} part`, said: said.filter(one => !isBooks(one)) })),
  ];
  const values = new Map<Place, Said>();
  const problems: Problem[] = [];
  for (const { said } of voices) {
    for (const one of said) {
      const before = values.get(one.place);
      if (!before) values.set(one.place, one);
      else if (before.value !== one.value) problems.push(disagreement(one.place));
    }
  }
  const [first, second] = parts;
  if (first && second) {
    const saidIn = (part: PartRead) =>
      new Set(part.said.filter(one => !isBooks(one)).map(({ place }) => place));
    const [a, b] = [saidIn(first), saidIn(second)];
    for (const place of [...a, ...b]) if (!(a.has(place) && b.has(place))) problems.push(disagreement(place));
  }
  const distinct = [...new Map(problems.map(problem => [problem.field, problem])).values()];
  return { values, problems: distinct };
}

/** A mail with another subject but most rows of a template: the marketplace has changed its subjects. */
function driftedSubject(
  { text, html }: OpenedMail,
  { templates, rowsOfHtml }: { templates: readonly Template[]; rowsOfHtml: RowsOfHtml },
): Problem | null {
  const inHtml = rowsOfHtml(html ?? '');
  const alike = templates.find(template => {
    const rows = [...rowsOfText(text ?? '', template), ...inHtml];
    const labels = new Set(rows.map(({ label }) => labelKey(label)));
    const asked = template.rows.filter(({ optional }) => !optional);
    return asked.filter(({ label }) => labels.has(labelKey(label))).length >= Math.max(2, asked.length / 2);
  });
  return alike ? newSubject(alike.name) : null;
}

const newSubject = (name: string): Problem => ({
  field: 'message',
  code: 'mail-template-drift',
  reason: `The mail looks like the template “${name}” but has another subject.`,
  cure: 'Compare it with the marketplace and correct the fields here. If its mails have changed, change the template.',
});

const disagreement = (place: Place): Problem => ({
  field: place,
  code: 'mail-parts-disagree',
  reason: `The subject, the text part and the HTML part of the mail do not say the same about ${place}.`,
  cure: 'Look the booking up at the marketplace and enter what it says there.',
});

const noTemplate: Problem = {
  field: 'message',
  code: 'mail-template-unknown',
  reason: 'No template of this source has a subject like this mail.',
  cure: 'Discard it if it is no booking mail; else enter the booking by hand and write a template for such mails.',
};

const severalTemplates = (names: readonly string[]): Problem => ({
  field: 'message',
  code: 'mail-template-unknown',
  reason: `More than one template fits the subject of this mail: ${names.join(', ')}.`,
  cure: 'Make the subjects of these templates differ, then run this again.',
});

const noParts: Problem = {
  field: 'message',
  code: 'mail-malformed',
  reason: 'The mail has neither a text nor an HTML part.',
  cure: 'Forward the mail as an attachment.',
};

/** A mail that says it is there in two versions has to be: of the one that is left nobody can say that it agrees. */
const isAlternative = (mail: OpenedMail) =>
  headerValues(mail, 'content-type').some(value => /^multipart\/alternative\b/i.test(value.trim()));

const onePartOnly: Problem = {
  field: 'message',
  code: 'mail-malformed',
  reason: 'The mail says that it has a text and an HTML part, and only one of them can be found.',
  cure: 'Look the booking up at the marketplace and say what it says there.',
};

const notDated: Problem = {
  field: 'message',
  code: 'mail-date-missing',
  reason:
    'The mail does not say when it was sent in a way that can be read, so it cannot be put in order with others.',
  cure: 'Forward the mail as an attachment, or enter the booking by hand.',
};
