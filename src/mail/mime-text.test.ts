import fc from 'fast-check';
import PostalMime, { decodeWords } from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { encodedWords, foldedText, quotedPrintable } from './mime-text.ts';

const typed = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\r\n',
        '\r',
        ' ',
        '\t',
        '=',
        '.',
        '--',
        'ü',
        '嗨',
        '👩‍✈️',
        '=?',
        '?=',
        '"',
        'x'.repeat(90),
      ),
      fc.string({ maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { maxLength: 12 },
  )
  .map(parts => parts.join(''))
  .filter(text => text.isWellFormed());

const lines = (text: string) => text.split('\r\n');

describe('text in quoted-printable', () => {
  it('comes out as it went in, on lines of at most 76 plain characters', async () => {
    await fc.assert(
      fc.asyncProperty(typed, async text => {
        const encoded = quotedPrintable(text);
        expect(encoded).toMatch(/^[\r\n\t -~]*$/);
        for (const line of lines(encoded)) {
          expect(line.length).toBeLessThanOrEqual(76);
          expect(line).not.toMatch(/[\r\n]|[ \t]$/);
        }
        const decoded = encoded
          .replaceAll('=\r\n', '')
          .replaceAll('\r\n', '\n')
          .replace(/(?:=[0-9A-F]{2})+/g, run => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'));
        expect(decoded).toBe(text.replaceAll('\r\n', '\n'));
      }),
      { numRuns: 1000 },
    );
  });

  it('is read by a mail program as it was written', async () => {
    const text =
      'Zoë — at the dock\n\n.a line that begins with a dot\nand one that ends in a space \n-- \nJada';
    const message = `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(text)}`;
    expect((await PostalMime.parse(message)).text?.trimEnd()).toBe(text);
  });
});

describe('text in a header', () => {
  const oneLine = typed
    .map(text => text.replace(/[\r\n\t]/g, ' ').slice(0, 400))
    .filter(text => text.isWellFormed());

  it('comes out as it went in, in encoded words that no line is too long for', () => {
    fc.assert(
      fc.property(oneLine, text => {
        const encoded = encodedWords(text, 'Subject: '.length);
        for (const [at, line] of lines(encoded).entries()) {
          expect(line.length + (at === 0 ? 'Subject: '.length : 0)).toBeLessThanOrEqual(76);
        }
        expect(decodeWords(encoded)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('stays as it is where it is plain, folded at a space', () => {
    expect(foldedText('Welcome aboard Jada', 9)).toBe('Welcome aboard Jada');
    const words = 'A long way down the coast and back again. '.repeat(8).trim();
    expect(foldedText(words, 9).replaceAll('\r\n ', ' ')).toBe(words);
    expect(Math.max(...lines(foldedText(words, 9)).map(line => line.length))).toBeLessThanOrEqual(76);
  });
});
