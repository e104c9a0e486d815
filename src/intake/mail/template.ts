import * as z from 'zod';
import { placeNames, placesIn } from './form.ts';

type Says = { readonly says: string | readonly string[] };

export const formsOf = ({ says }: Says): readonly string[] => (typeof says === 'string' ? [says] : says);

const says = (place: string) => (form: string) => placesIn(form)?.some(({ name }) => name === place) ?? false;

/** The row with what a guest or the marketplace typed. */
export const isNote = (row: Says): boolean => formsOf(row).some(says('note'));

const form = z
  .string()
  .min(1)
  .max(300)
  .refine(text => placesIn(text) !== null, `{…} has to name one of ${placeNames.join(', ')}`)
  .describe(
    'The words as they stand, with {place} where something is said: `{start:h:mm A} – {end:h:mm A}`.',
  );

const row = z.strictObject({
  label: z.string().min(1).max(60).describe('What stands before the colon or in the left cell.'),
  says: z
    .union([form, z.array(form).min(1)])
    .describe('How what stands behind it is read; the first that fits.'),
  optional: z.boolean().default(false).describe('Whether the row may be left out.'),
});

/**
 * How one kind of mail of one sender is read: a table of labels, nothing more. A mail that says less or more than its
 * template is held back, so that a template that has become wrong is found out and never guessed around.
 */
export const templateShape = z
  .strictObject({
    name: z.string().min(1).max(60).describe('What it is called where a person sees which rule was used.'),
    kind: z
      .enum(['new', 'changed', 'cancelled', 'message', 'payout'])
      .describe('What such a mail says: about a booking, or (message, payout) beside it.'),
    subject: form.describe('Its subject. Mails with another subject are not read by it.'),
    rows: z.array(row).min(1).max(60),
    passedOver: z
      .array(z.string().min(1).max(60))
      .default([])
      .describe('Labels that may stand among the rows and mean nothing to us.'),
    noteEnds: z
      .string()
      .min(1)
      .optional()
      .describe('Begin of the first line after the free text, where the text part has free text in it.'),
  })
  .refine(({ rows, noteEnds }) => noteEnds !== undefined || !rows.some(one => isNote(one)), {
    message: 'A template with {note} needs noteEnds: a guest can type anything, labels too.',
  })
  .refine(({ subject, rows }) => [subject, ...rows.flatMap(formsOf)].some(says('booking')), {
    message: 'No row says {booking}, the name of the booking at the marketplace.',
  });

export type Template = z.output<typeof templateShape>;
export type TemplateInput = z.input<typeof templateShape>;
export type TemplateRow = Template['rows'][number];

/** Rows that are for the books: they can neither stop nor change a booking. */
export const isForBooks = (row: Says): boolean =>
  formsOf(row).every(form => placesIn(form)?.every(({ isFinance }) => isFinance) ?? false);

/** Labels as they are compared: case, white space and a colon at the end make no difference. */
export const labelKey = (label: string): string =>
  label.normalize('NFKC').replace(/\s+/g, ' ').trim().replace(/\s*:$/, '').toLowerCase();

/** Some labels for a person. Those with digits are only counted: what stands in a strange row may be an amount, and operators read this. */
export function shownLabels(labels: readonly string[]): string {
  const shown = labels.filter(label => /^[\p{L} '&/-]{1,40}$/u.test(label)).slice(0, 5);
  const more = labels.length - shown.length;
  return [...shown.map(label => `“${label}”`), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
