/** A mail or a part of one: headers unfolded, in their order, and the body as its bytes stand (latin1). */
export type MimePart = { headers: [name: string, value: string][]; body: string };

/** Takes a mail or part into its headers and body. A part may begin with the empty line, and have no headers. */
export function mimePart(text: string): MimePart {
  const end = /(?:^|\r?\n)\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  const headers = head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line): [string, string][] => {
      const [, name, value] = /^([\x21-\x39\x3b-\x7e]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    });
  return { headers, body: end ? text.slice(end.index + end[0].length) : '' };
}

export const headerOf = ({ headers }: MimePart, name: string): string =>
  headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';

/** The parts between the boundaries of a multipart body. What stands before and behind them is read by nobody. */
export function partsBetween(body: string, boundary: string): string[] {
  const pieces = `\n${body}`.split(`\n--${boundary}`);
  const open = pieces.slice(1).filter(piece => !piece.startsWith('--'));
  return open.map(piece => piece.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, ''));
}

/** The text of a part; its charset and encoding undone (RFC 2045). */
export function decodedText({ body }: MimePart, encoding: string, charset: string): string {
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : Buffer.from(encoding === 'quoted-printable' ? unquoted(body) : body, 'latin1');
  try {
    return new TextDecoder(charset || 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder('utf-8').decode(bytes);
  }
}

/** The text as UTF-8 in the same encoding as before. */
export function encodedText(text: string, encoding: string): string {
  const bytes = Buffer.from(text, 'utf8');
  if (encoding === 'base64') return bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  const latin = bytes.toString('latin1');
  return encoding === 'quoted-printable' ? quoted(latin) : latin;
}

const unquoted = (text: string) =>
  text
    .replace(/[ \t]+(?=\r?\n)/g, '')
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function quoted(latin: string): string {
  return latin
    .split(/\r?\n/)
    .map(line => {
      const safe = line.replace(
        /[^\x20-\x3c\x3e-\x7e]|[ \t]$/g,
        char => `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
      );
      // 76 characters are the most (RFC 2045), and no line ends within a character that is written as three.
      return (safe.match(/.{1,75}(?<!=.?)/g) ?? []).join('=\r\n');
    })
    .join('\r\n');
}
