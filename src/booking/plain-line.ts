/**
 * Text of a stranger as one plain line: composed (NFC), without control, direction or invisible characters that could
 * forge a header or turn a page around, single spaces. Joiners that scripts and names need (ZWJ, ZWNJ) stay.
 */
export const plainLine = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/(?!\u200c|\u200d|\s)[\p{Cc}\p{Cf}\p{Co}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
