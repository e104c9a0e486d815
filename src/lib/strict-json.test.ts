import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from './refusal.ts';
import { parseStrictJson } from './strict-json.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');

const refusalOf = (body: string | Uint8Array): Refusal => {
  try {
    parseStrictJson(typeof body === 'string' ? bytes(body) : body);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error(`accepted: ${body}`);
};

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('a body from outside', () => {
  it('is read when it is plain JSON', () => {
    expect(parseStrictJson(bytes(' {"a":[1,-0.5e3,"\\u00e9\\n",true,null,{}]} '))).toEqual({
      a: [1, -500, 'é\n', true, null, {}],
    });
  });

  it.each([
    ['body-too-large', `"${'x'.repeat(256 * 1024)}"`],
    ['json-malformed', ''],
    ['json-malformed', '{'],
    ['json-malformed', '{"a":1,}'],
    ['json-malformed', '[1,]'],
    ['json-malformed', '{a:1}'],
    ['json-malformed', "{'a':1}"],
    ['json-malformed', '// no\n1'],
    ['json-malformed', '\ufeff{}'],
    ['json-malformed', '01'],
    ['json-malformed', '1.'],
    ['json-malformed', '+1'],
    ['json-malformed', 'NaN'],
    ['json-malformed', '1e999'],
    ['json-malformed', '"\\ud800"'],
    ['json-malformed', '"a\nb"'],
    ['json-malformed', '{} {}'],
    ['json-malformed', '\u00a0{}'],
    ['json-too-deep', nested(17)],
    ['json-duplicate-key', '{"a":1,"b":2,"a":3}'],
    ['json-duplicate-key', '{"a":1,"\\u0061":3}'],
    ['json-forbidden-key', '{"__proto__":{"admin":true}}'],
    ['json-forbidden-key', '{"a":[{"constructor":1}]}'],
    ['json-forbidden-key', '{"\\u005f_proto__":1}'],
    ['json-forbidden-key', '{"prototype":1}'],
  ])('is refused as %s: %s', (code, body) => {
    const refusal = refusalOf(body);
    expect(refusal.code).toBe(code);
    expect(refusal.cure).not.toBe('');
    expect(refusal.data).toHaveProperty('position');
  });

  it('may hold one long text, plain or escaped', () => {
    for (const long of [`"${'x'.repeat(250_000)}"`, `"${'\\n'.repeat(125_000)}"`]) {
      expect(parseStrictJson(bytes(long))).toBe(JSON.parse(long));
    }
  });

  it('may nest sixteen levels', () => {
    const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    expect(parseStrictJson(bytes(objects(16)))).toEqual(JSON.parse(objects(16)));
    expect(refusalOf(objects(17)).code).toBe('json-too-deep');
    expect(refusalOf(`[${objects(15)},${objects(16)}]`).code).toBe('json-too-deep');
    expect(parseStrictJson(bytes(nested(16)))).toEqual(JSON.parse(nested(16)));
  });

  it('is told where it went wrong', () => {
    expect(refusalOf('{"booking":{"guest":[{"name":1,"name":2}]}}').data).toEqual({
      position: 31,
      path: '$.booking.guest[0].name',
    });
    expect(refusalOf(Buffer.from([0x22, 0xc3, 0xa9, 0xff, 0x22])).data).toEqual({ position: 3 });
    expect(refusalOf(Buffer.from([0x22, 0xc3])).code).toBe('body-not-utf8');
  });

  it('is told in words where, what was expected there, and what to do', () => {
    const told = (text: string) => `${refusalOf(text).message} | ${refusalOf(text).cure}`;
    expect(
      [
        '{x}',
        '"\\ud800"',
        '{"a" 1}',
        '{"a":1 "b"}',
        '[1 2]',
        '[1,2,x]',
        '[',
        '{"a b":x}',
        '1e999',
        '1 2',
        '{"__proto__":1}',
        '{"a":{"b":1,"b":2}}',
        nested(17),
      ].map(told),
    ).toMatchInlineSnapshot(`
      [
        "Not JSON at character 1 (in $): a string expected, "x" found. | Send one JSON value as RFC 8259 has it: no comments, no trailing commas, no byte order mark, keys in double quotes.",
        "Not JSON at character 0 (in $): a string without half surrogate pairs expected, "\\"" found. | Send one JSON value as RFC 8259 has it: no comments, no trailing commas, no byte order mark, keys in double quotes.",
        "Not JSON at character 5 (in $.a): ":" expected, "1" found. | Send one JSON value as RFC 8259 has it: no comments, no trailing commas, no byte order mark, keys in double quotes.",
        "Not JSON at character 7 (in $): "," or "}" expected, "\\"" found. | Send one JSON value as RFC 8259 has it: no comments, no trailing commas, no byte order mark, keys in double quotes.",
        "Not JSON at character 3 (in $): "," or "]" expected, "2" found. | Send one JSON value as RFC 8259 has it: no comments, no trailing commas, no byte order mark, keys in double quotes.",
        "Not JSON at character 5 (in $[2]): a value expected, "x" found. | Send one JSON value as RFC 8259 has it: no comments, no trailing commas, no byte order mark, keys in double quotes.",
        "Not JSON at character 1 (in $[0]): a value expected, the body ends here. | Send one JSON value as RFC 8259 has it: no comments, no trailing commas, no byte order mark, keys in double quotes.",
        "Not JSON at character 7 (in $.…): a value expected, "x" found. | Send one JSON value as RFC 8259 has it: no comments, no trailing commas, no byte order mark, keys in double quotes.",
        "Not JSON at character 0 (in $): a number a double can hold expected, "1" found. | Send one JSON value as RFC 8259 has it: no comments, no trailing commas, no byte order mark, keys in double quotes.",
        "Not JSON at character 2 (in $): the end expected, "2" found. | Send one JSON value as RFC 8259 has it: no comments, no trailing commas, no byte order mark, keys in double quotes.",
        "The key $.__proto__ at character 1 is not accepted from outside. | Give that key another name, or leave it out.",
        "The key $.a.b at character 12 stands there twice; it is not clear which is meant. | Send each key once in its object.",
        "The body nests deeper than 16 levels at character 16 (in $[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]). | Send the booking flat, as the published schema has it.",
      ]
    `);
    expect(refusalOf('[1,2,x]').data).toEqual({ position: 5, path: '$[2]' });
    expect(refusalOf('[0,{"a":[1,"\\udc00"]}]').data).toEqual({ position: 11, path: '$[1].a[1]' });
  });

  it('is shown the beginning of a path that is long', () => {
    const path = (names: number) => {
      const keys = Array.from({ length: names }, () => 'k'.repeat(39));
      return String(refusalOf(`${keys.map(key => `{"${key}":`).join('')}x`).data.path);
    };
    expect(path(4)).toBe(`$${`.${'k'.repeat(39)}`.repeat(4)}`);
    expect(path(5)).toHaveLength(201);
    expect(path(5).endsWith('k…')).toBe(true);
    // Two hundred and no more stands there whole.
    const exactly = `{"${'a'.repeat(38)}":{"${'b'.repeat(39)}":{"${'c'.repeat(39)}":{"${'d'.repeat(39)}":{"${'e'.repeat(39)}":x`;
    expect(String(refusalOf(exactly).data.path)).toMatch(/^[^…]{200}$/);
  });

  it('repeats a key only inside another object', () => {
    expect(parseStrictJson(bytes('{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}'))).toBeTruthy();
  });
});

describe('against JSON.parse', () => {
  const depthOf = (value: unknown): number =>
    value !== null && typeof value === 'object' ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  const risky = (value: unknown): boolean =>
    value !== null &&
    typeof value === 'object' &&
    Object.keys(value).some(
      key => ['__proto__', 'constructor', 'prototype'].includes(key) || risky(Reflect.get(value, key)),
    );

  it('whatever one value is written as comes back the same, or is refused for a reason of ours', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 18, noUnicodeString: false }), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        if (depthOf(value) > 16 || risky(value))
          return void expect(() => parseStrictJson(bytes(text))).toThrow(Refusal);
        expect(parseStrictJson(bytes(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('a text cut, spliced or littered anywhere is never accepted where JSON.parse refuses it', () => {
    const litter = fc.constantFrom(
      '',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '0',
      '-',
      '.',
      'e',
      ' ',
      '\u2028',
      'null',
      '\t',
      '/',
    );
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(), fc.nat(4), litter, (value, where, cut, piece) => {
        const whole = JSON.stringify(value);
        const at = where % (whole.length + 1);
        const text = whole.slice(0, at) + piece + whole.slice(at + cut);
        let ours: unknown;
        try {
          ours = parseStrictJson(bytes(text));
        } catch (error) {
          return void expect(error).toBeInstanceOf(Refusal);
        }
        expect(ours).toEqual(JSON.parse(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it('no bytes at all change the prototype of objects or end in anything but a refusal', () => {
    const before = Reflect.ownKeys(Object.prototype).length;
    const hostile = fc
      .array(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '"__proto__"',
          '"constructor"',
          '"a"',
          '1',
          'null',
          ' ',
          '\\',
          '"',
        ),
        {
          maxLength: 24,
        },
      )
      .map(parts => bytes(parts.join('')));
    fc.assert(
      fc.property(fc.oneof(hostile, fc.uint8Array({ maxLength: 40 })), body => {
        try {
          Object.assign({}, parseStrictJson(body));
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 20_000 },
    );
    expect(Reflect.ownKeys(Object.prototype)).toHaveLength(before);
  });
});
