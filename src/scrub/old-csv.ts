import { Refusal } from '#lib/refusal.ts';

/** Reads CSV (RFC 4180): the first line has the names. Throws the refusal `scrub-file-unreadable`. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const plain = text.replace(/^\uFEFF/, '');
  for (let at = 0; at < plain.length; at++) {
    const char = plain[at] ?? '';
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (plain[at + 1] === '"') {
        cell += '"';
        at++;
      } else isQuoted = false;
    } else if (char === '"' && cell === '') isQuoted = true;
    else if (char === ',') {
      row.push(cell);
      cell = '';
    } else if (char === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')]);
      [row, cell] = [[], ''];
    } else cell += char;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  const width = rows[0]?.length ?? 0;
  const odd = rows.findIndex(({ length }) => length !== width);
  if (isQuoted || odd >= 0)
    throw new Refusal(
      'scrub-file-unreadable',
      isQuoted
        ? 'The CSV ends inside a quoted cell.'
        : `Line ${odd + 1} of the CSV has another number of cells than the first.`,
      'Export it again, with a line of names and commas between the cells.',
    );
  return rows;
}

export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  rows
    .map(row => row.map(cell => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
    .join('\n')
    .concat('\n');
