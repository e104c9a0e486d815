// How text becomes the seven bits that mail is sure to carry (RFC 2045, RFC 2047).

const lineFeed = 10;
const carriageReturn = 13;
const equals = 61;
const hexDigits = Buffer.from('0123456789ABCDEF', 'latin1');

/** Lines may have 76 characters; the last is kept for the sign that the line goes on. */
const lineLength = 75;

/** What becomes of each byte: most stand for themselves, blanks only inside a line. */
const [plain, blank, ending, coded] = [0, 1, 2, 3];
const kinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 9 || byte === 32) return blank;
  if (byte === lineFeed || byte === carriageReturn) return ending;
  return byte > 32 && byte < 127 && byte !== equals ? plain : coded;
});

/** A body in quoted-printable, each line break as CRLF. Readable where it is plain; decodes to the same text. */
export function quotedPrintable(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  // At worst every byte becomes three, and every line of 25 of those gets three more.
  const out = Buffer.allocUnsafe(bytes.length * 4 + 16);
  let end = 0;
  let column = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    const kind = kinds[byte];
    let isPlain = kind === plain;
    if (kind === ending) {
      const isPair = byte === carriageReturn && bytes[at + 1] === lineFeed;
      if (isPair || byte === lineFeed) {
        if (isPair) at++;
        out[end++] = carriageReturn;
        out[end++] = lineFeed;
        column = 0;
        continue;
      }
    } else if (kind === blank) {
      isPlain = at + 1 < bytes.length && kinds[bytes[at + 1] as number] !== ending;
    }
    const width = isPlain ? 1 : 3;
    if (column + width > lineLength) {
      out[end++] = equals;
      out[end++] = carriageReturn;
      out[end++] = lineFeed;
      column = 0;
    }
    if (isPlain) out[end++] = byte;
    else {
      out[end++] = equals;
      out[end++] = hexDigits[byte >> 4] as number;
      out[end++] = hexDigits[byte & 15] as number;
    }
    column += width;
  }
  return out.toString('latin1', 0, end);
}

/** The words of a header that begin at `column`: as they are where they are plain, else as encoded words; folded. */
export function foldedText(text: string, column: number): string {
  const isPlain = /^[!-~]+(?: [!-~]+)*$/.test(text) && !text.includes('=?');
  return isPlain ? folded(text.split(' '), column) : encodedWords(text, column);
}

/** Text of any kind for a header: encoded words of at most 75 characters, none of which cuts a character in two. */
export function encodedWords(text: string, column: number): string {
  const words: string[] = [];
  let word = '';
  const room = () => Math.floor((76 - '=?UTF-8?B??='.length - (words.length === 0 ? column : 1)) / 4) * 3;
  for (const char of text) {
    if (Buffer.byteLength(word + char) > room()) {
      words.push(word);
      word = '';
    }
    word += char;
  }
  words.push(word);
  return words.map(part => `=?UTF-8?B?${Buffer.from(part, 'utf8').toString('base64')}?=`).join('\r\n ');
}

function folded(words: readonly string[], column: number): string {
  let width = column;
  return words
    .map((word, at) => {
      if (at > 0 && width + 1 + word.length > 76) {
        width = 1 + word.length;
        return `\r\n ${word}`;
      }
      width += word.length + (at > 0 ? 1 : 0);
      return at > 0 ? ` ${word}` : word;
    })
    .join('');
}
