import { plain } from './form.ts';
import { isNote, labelKey, type Template } from './template.ts';

/** A label and what stands behind it, in one part of a mail. */
export type MailRow = { readonly label: string; readonly value: string };

/** Reads the rows of an HTML part: table rows of two cells, definition lists, and paragraphs that begin in bold. */
export type RowsOfHtml = (html: string) => readonly MailRow[];

const line = /^[\s>*•·-]{0,8}([^:\n]{1,60}?)\*?:\*?(?:\s+(\S.*)?)?$/;

/**
 * The rows of a text part: lines with a label before a colon. What a guest typed is taken out as a whole first, from
 * its label up to the last line that ends it, because it may look like anything.
 */
export function rowsOfText(text: string, template: Template): readonly MailRow[] {
  const lines = text.split(/\r?\n/);
  const noteLabel = template.rows.find(isNote)?.label;
  const found: MailRow[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, label, value = ''] = line.exec(lines[at] ?? '') ?? [];
    if (label === undefined || /^(https?|mailto)$/i.test(label.trim())) continue;
    if (noteLabel !== undefined && labelKey(label) === labelKey(noteLabel)) {
      const end = lines.findLastIndex(
        (one, index) =>
          index > at &&
          plain(one)
            .trim()
            .startsWith(plain(template.noteEnds ?? '')),
      );
      if (end < 0) continue;
      found.push({ label: label.trim(), value: [value, ...lines.slice(at + 1, end)].join('\n').trim() });
      at = end;
    } else found.push({ label: label.trim(), value: value.trim() });
  }
  return found;
}
