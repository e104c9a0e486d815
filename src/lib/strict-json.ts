import { Refusal } from './refusal.ts';

/** What a body from outside may be at most. Deeper or larger ones are refused before anything is built from them. */
export const jsonLimits = { bytes: 256 * 1024, depth: 16 } as const;

/**
 * Reads a body nobody vouches for as JSON (RFC 8259) and nothing else. Beyond `JSON.parse` it refuses what two readers
 * could read differently (a repeated key, bytes that are no UTF-8, half a surrogate pair, a number beyond a double)
 * and what could reach a prototype. The scanner is our own because `JSON.parse` keeps the last of two equal keys in
 * silence and has no limit of depth; it only refuses, and `JSON.parse` still builds the value, so the two must agree.
 *
 * Refusals: `body-too-large`, `body-not-utf8`, `json-malformed`, `json-too-deep`, `json-duplicate-key`,
 * `json-forbidden-key`; each with `position` (in characters; in bytes before decoding) and, inside a value, `path`.
 */
export function parseStrictJson(body: Uint8Array): unknown {
  const text = decodeUtf8(body);
  scan(text);
  return JSON.parse(text);
}

/** A body of any kind from outside as text. Throws `body-too-large` and `body-not-utf8`. */
export function decodeUtf8(body: Uint8Array): string {
  if (body.byteLength > jsonLimits.bytes) {
    throw new Refusal(
      'body-too-large',
      `The body has ${body.byteLength} bytes; ${jsonLimits.bytes} are the most that is read.`,
      'Send one booking per message, without attachments.',
      { position: jsonLimits.bytes, bytes: body.byteLength },
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    const position = firstBadByte(body);
    throw new Refusal(
      'body-not-utf8',
      `The body is not UTF-8: byte ${position} fits no character.`,
      'Encode the body as UTF-8 before signing and sending it.',
      { position },
    );
  }
}

/** Halving works because a cut inside a character is no error while more bytes may follow. */
function firstBadByte(body: Uint8Array): number {
  let good = 0;
  let bad = body.byteLength;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(body.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}

/** Other keys are not repeated in messages: they may be anything, and some people must not read everything. */
const plainKey = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;

/** Names that could reach a prototype; in no body from outside. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const blank = /[ \t\n\r]*/y;
const literal = /true|false|null/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these inside a string
const string = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;

function scan(text: string): void {
  let at = 0;

  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const next = () => {
    take(blank);
    return text[at];
  };
  const malformed = (path: string, expected: string): Refusal =>
    new Refusal(
      'json-malformed',
      `Not JSON at character ${at} (in ${shorten(path)}): ${expected} expected, ${at < text.length ? `${JSON.stringify(text[at])} found` : 'the body ends here'}.`,
      'Send one JSON value as RFC 8259 has it: no comments, no trailing commas, no byte order mark, keys in double quotes.',
      { position: at, path: shorten(path) },
    );

  const readString = (path: string): string => {
    const start = at;
    const found = take(string);
    if (found === null) throw malformed(path, 'a string');
    if (!found.includes('\\')) return found.slice(1, -1);
    const value = JSON.parse(found) as string;
    if (value.isWellFormed()) return value;
    at = start;
    throw malformed(path, 'a string without half surrogate pairs');
  };

  const readObject = (path: string, depth: number) => {
    const seen = new Set<string>();
    at++;
    if (next() === '}') return void at++;
    for (;;) {
      next();
      const start = at;
      const key = readString(path);
      const inner = `${path}.${plainKey.test(key) ? key : '…'}`;
      if (forbiddenKeys.has(key)) throw keyRefused('json-forbidden-key', inner, start);
      if (seen.has(key)) throw keyRefused('json-duplicate-key', inner, start);
      seen.add(key);
      if (next() !== ':') throw malformed(inner, '":"');
      at++;
      readValue(inner, depth);
      const end = next();
      if (end !== ',' && end !== '}') throw malformed(path, '"," or "}"');
      at++;
      if (end === '}') return;
    }
  };

  const readArray = (path: string, depth: number) => {
    at++;
    if (next() === ']') return void at++;
    for (let index = 0; ; index++) {
      readValue(`${path}[${index}]`, depth);
      const end = next();
      if (end !== ',' && end !== ']') throw malformed(path, '"," or "]"');
      at++;
      if (end === ']') return;
    }
  };

  const readValue = (path: string, depth: number): void => {
    const first = next();
    if (first === '{' || first === '[') {
      if (depth === jsonLimits.depth) throw tooDeep(path, at);
      if (first === '{') readObject(path, depth + 1);
      else readArray(path, depth + 1);
      return;
    }
    if (first === '"') return void readString(path);
    if (take(literal) !== null) return;
    const start = at;
    const digits = take(number);
    if (digits === null) throw malformed(path, 'a value');
    if (!Number.isFinite(Number(digits))) {
      at = start;
      throw malformed(path, 'a number a double can hold');
    }
  };

  readValue('$', 0);
  if (next() !== undefined) throw malformed('$', 'the end');
}

const tooDeep = (path: string, position: number) =>
  new Refusal(
    'json-too-deep',
    `The body nests deeper than ${jsonLimits.depth} levels at character ${position} (in ${shorten(path)}).`,
    'Send the booking flat, as the published schema has it.',
    { position, path: shorten(path) },
  );

const keyRefused = (code: 'json-forbidden-key' | 'json-duplicate-key', path: string, position: number) =>
  new Refusal(
    code,
    code === 'json-forbidden-key'
      ? `The key ${shorten(path)} at character ${position} is not accepted from outside.`
      : `The key ${shorten(path)} at character ${position} stands there twice; it is not clear which is meant.`,
    code === 'json-forbidden-key'
      ? 'Give that key another name, or leave it out.'
      : 'Send each key once in its object.',
    { position, path: shorten(path) },
  );

const shorten = (path: string) => (path.length > 200 ? `${path.slice(0, 200)}…` : path);
