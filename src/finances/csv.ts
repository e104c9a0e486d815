/** A table as CSV by RFC 4180: CRLF, quotes where needed. Cells of text are made harmless; amounts are written as they are. */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map(row => `${row.map(written).join(',')}\r\n`).join('');
}

/** Text that somebody outside may have typed, or a figure of our own making (`-12.50`). */
export type Cell = string | { readonly figure: string };

const written = (cell: Cell) => quoted(typeof cell === 'string' ? harmless(cell) : cell.figure);

/**
 * An apostrophe before whatever a spreadsheet would take for a formula, also when spaces or invisible characters come
 * first (OWASP "CSV injection").
 */
const harmless = (text: string) =>
  /^[\s\p{Cc}\p{Cf}]*[=+\-@\p{Cc}＝＋－＠]/u.test(text) ? `'${text}` : text;

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
