import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/refusal.ts';
import { jsonLimits } from '#lib/strict-json.ts';
import { parseXml } from './xml-body.ts';

const parsed = (text: string) => parseXml(Buffer.from(text));
const refusal = (text: string): Refusal | null => {
  try {
    parsed(text);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

describe('the number of a character', () => {
  it.each([
    ['9', '\t'],
    ['10', '\n'],
    ['13', '\r'],
    ['32', ' '],
    ['65', 'A'],
    ['x41', 'A'],
    ['X41', 'A'],
    ['xd7ff', '\ud7ff'],
    ['xE000', '\ue000'],
    ['x10FFFF', '\u{10ffff}'],
  ])('#%s is that character', (number, character) => {
    expect(parsed(`<a>|&#${number};|</a>`)).toBe(`|${character}|`);
  });

  it.each([
    '0',
    '8',
    '11',
    '12',
    '14',
    '31',
    'x1F',
    'xD800',
    'xDFFF',
    'x110000',
    '-1',
    '6A',
    'x',
    '',
    'x4G',
    '1.5',
  ])('#%s is none', number => {
    expect(refusal(`<a>|&#${number};|</a>`)?.code).toBe('xml-malformed');
  });

  it.each(['a#65', '#65a', 'a#x41', '#x41g'])('stands nowhere inside a name: %s', name => {
    expect(refusal(`<a>&${name};</a>`)?.code).toBe('xml-malformed');
  });
});

describe('elements', () => {
  const nested = (levels: number) => `${'<a>'.repeat(levels)}x${'</a>'.repeat(levels)}`;

  it('may stand as deep inside each other as JSON may, and no deeper', () => {
    expect(refusal(nested(jsonLimits.depth))).toBeNull();
    expect(refusal(nested(jsonLimits.depth + 1))?.code).toBe('xml-malformed');
  });

  it('are read past comments, wherever those stand', () => {
    expect(parsed('<!-- x --><a><!-- y -->1<!-- z -->2</a><!-- end -->')).toBe('12');
  });

  it.each([
    ['nothing', '', 0],
    ['text alone', 'a', 0],
    ['an end without a beginning', '</a>', 0],
    ['a beginning without an end', '<a>', 3],
    ['an end tag that is none', '<a></1>', 3],
    ['an end of something else', '<a></b>', 7],
    ['a second one', '<a/><b/>', 4],
    ['a name that has a meaning of its own here', '<__proto__/>', 10],
  ])('are refused where there is %s, with the place', (_, text, position) => {
    expect(refusal(text)).toMatchObject({ code: 'xml-malformed', data: { position } });
  });
});
