import { Refusal } from '#lib/refusal.ts';

export type Link = { readonly label: string; readonly href: string };

/** A table inside a letter, such as the owner's breakdown. Reads as aligned columns in plain text. */
export type Table = {
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly align?: 'end' }[];
  readonly rows: readonly (readonly string[])[];
  /** Set off under the rest. */
  readonly total?: readonly string[];
};

/** What a letter is made of. All of it but `accent` may hold what strangers typed. */
export type LetterParts = {
  /** Of its words, BCP 47: mail programs read it aloud by it. English unless told. */
  readonly language?: string;
  /** The brand's colour, `#rrggbb`. */
  readonly accent: string;
  /** What mail programs show beside the subject. */
  readonly preheader: string;
  readonly heading: string;
  /** A line break inside one stays a line break. */
  readonly paragraphs: readonly string[];
  readonly facts?: readonly (readonly [label: string, value: string])[];
  readonly tables?: readonly Table[];
  /** The one thing to do: a button, and its address in full for programs that show no buttons. */
  readonly action?: Link;
  readonly more?: readonly Link[];
  /** Who wrote this and why; one line each. */
  readonly footer: readonly string[];
};

/**
 * The parts as they are laid out: one line where one line is meant, no control characters, so that no value can pose as
 * the next line of the letter; links checked. Refusal `letter-malformed` for a link of any kind but http(s), mailto, tel and geo.
 */
export const tidied = (
  parts: LetterParts,
): Required<Omit<LetterParts, 'action'>> & { action: Link | null } => ({
  language: oneLine(parts.language ?? 'en'),
  accent: parts.accent,
  preheader: oneLine(parts.preheader),
  heading: oneLine(parts.heading),
  paragraphs: parts.paragraphs.map(manyLines).filter(paragraph => paragraph !== ''),
  facts: (parts.facts ?? []).map(([label, value]) => [oneLine(label), oneLine(value)]),
  tables: (parts.tables ?? []).map(table => ({
    caption: oneLine(table.caption),
    columns: table.columns.map(column => ({ ...column, label: oneLine(column.label) })),
    rows: table.rows.map(row => row.map(oneLine)),
    ...(table.total && { total: table.total.map(oneLine) }),
  })),
  action: parts.action ? checkedLink(parts.action) : null,
  more: (parts.more ?? []).map(checkedLink),
  footer: parts.footer.map(oneLine),
});

const oneLine = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();

const manyLines = (text: string) =>
  text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map(oneLine)
    .join('\n')
    .trim();

const allowed = new Set(['http:', 'https:', 'mailto:', 'tel:', 'geo:']);

function checkedLink({ label, href }: Link): Link {
  const url = URL.parse(href);
  if (url && allowed.has(url.protocol)) return { label: oneLine(label), href: url.href };
  throw new Refusal(
    'letter-malformed',
    `The letter was not taken: its link “${oneLine(label)}” does not lead to a web page, mail address, phone or place.`,
    'Correct the address of the link where it was entered, then retry.',
    { field: 'link' },
  );
}
