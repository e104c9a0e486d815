import type { Problem } from '#booking/problem.ts';
import { type Place, readForm, type Said } from './form.ts';
import type { MailRow } from './rows.ts';
import {
  formsOf,
  isForBooks,
  isNote,
  labelKey,
  shownLabels,
  type Template,
  type TemplateRow,
} from './template.ts';

/** What one part of a mail gave: what each row said, by which rule, and how much of the part was understood. */
export type PartRead = {
  readonly part: 'text' | 'html';
  readonly said: readonly (Said & { readonly row: string; readonly form: string })[];
  readonly coverage: Coverage;
  readonly problems: readonly Problem[];
};

/** Rows found where the template expects rows, and how many of them it knows. */
export type Coverage = {
  readonly found: number;
  readonly understood: number;
  readonly unknown: readonly string[];
};

/** Reads the rows of one part by a template. Every row has to be there once, and nothing unknown between them. */
export function readRows(part: PartRead['part'], rows: readonly MailRow[], template: Template): PartRead {
  const known = new Map(template.rows.map(row => [labelKey(row.label), row]));
  const passedOver = new Set(template.passedOver.map(labelKey));
  const places = rows.flatMap((row, index) => (known.has(labelKey(row.label)) ? [index] : []));
  const [first = 0, last = -1] = [places[0], places.at(-1)];
  const block = rows.slice(first, last + 1).filter(row => !passedOver.has(labelKey(row.label)));
  const unknown = block.filter(row => !known.has(labelKey(row.label))).map(({ label }) => label);
  const problems: Problem[] =
    unknown.length > 0 ? [drift(part, template, `has new rows: ${shownLabels(unknown)}`)] : [];
  const said: PartRead['said'][number][] = [];
  let understood = 0;
  for (const row of template.rows) {
    const found = block.filter(one => labelKey(one.label) === labelKey(row.label));
    const [only] = found;
    if (found.length > 1 && !isNote(row)) problems.push(twice(part, row));
    else if (only) {
      const read = readRow(row, only.value);
      if (read) understood++;
      else if (!isForBooks(row)) problems.push(unfit(part, template, row));
      said.push(...(read ?? unread(row, only.value)));
    } else if (!row.optional && !isForBooks(row)) {
      problems.push(drift(part, template, `lacks the row “${row.label}”`));
    }
  }
  return {
    part,
    said,
    coverage: { found: block.length, understood, unknown: unknown.slice(0, mostShown) },
    problems,
  };
}

/** A mail can be made of nothing but rows. */
const mostShown = 1000;

function readRow(row: TemplateRow, value: string): PartRead['said'] | null {
  for (const form of formsOf(row)) {
    const said = readForm(form, value);
    if (said) return said.map(one => ({ ...one, row: row.label, form }));
  }
  return null;
}

/** What an amount looks like is for the books to judge: it is handed on word for word. */
const unread = (row: TemplateRow, value: string): PartRead['said'] =>
  isForBooks(row)
    ? bookPlaces(row).map(place => ({
        place,
        value,
        zone: null,
        isFinance: true,
        row: row.label,
        form: 'as it stands',
      }))
    : [];

const bookPlaces = (row: TemplateRow): Place[] =>
  (['gross', 'charge', 'tip', 'note'] as const).filter(place =>
    formsOf(row).some(form => form.includes(`{${place}}`)),
  );

const cure =
  'Compare it with the marketplace and enter the booking by hand or correct the fields here. If its mails have changed, change the template.';

const drift = (part: string, template: Template, what: string): Problem => ({
  field: 'message',
  code: 'mail-template-drift',
  reason: `The ${part} part ${what}, unlike the template “${template.name}”.`,
  cure,
});

const unfit = (part: string, template: Template, row: TemplateRow): Problem => ({
  field: row.label,
  code: 'mail-template-drift',
  reason: `“${row.label}” in the ${part} part is not written as the template “${template.name}” has it.`,
  cure,
});

const twice = (part: string, row: TemplateRow): Problem => ({
  field: row.label,
  code: 'mail-row-twice',
  reason: `“${row.label}” stands in the ${part} part more than once, and it is not clear which is meant.`,
  cure,
});
