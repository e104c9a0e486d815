import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/refusal.ts';
import { checkAddress } from './check-letter.ts';
import type { Letter } from './letter.ts';
import { letterBytes } from './letter-bytes.ts';
import { aLetter, invite } from './letters.testing.ts';
import { openLetter } from './opened-letter.postal-mime.ts';

const at = Date.parse('2027-05-01T08:00:00Z');

/** The names of the top headers, read without any library. */
const headerNames = (bytes: Buffer) =>
  (bytes.toString('latin1').split('\r\n\r\n')[0] ?? '')
    .split('\r\n')
    .filter(line => !/^[ \t]/.test(line))
    .map(line => line.slice(0, line.indexOf(':')))
    .sort();

/** Folding lines and joining encoded words may change spaces, and nothing else. */
const letters = (text: string) => text.replace(/\s+/g, '');

const template = headerNames(await letterBytes(aLetter(), at));

describe('the bytes of a letter', () => {
  it('carry text, HTML and the invite as alternatives, and the invite as a file too', async () => {
    const bytes = await letterBytes(aLetter({ invite }), at);
    const types = [...bytes.toString('latin1').matchAll(/^Content-Type: ([^;\r]+)/gm)].map(
      ([, type]) => type,
    );
    expect(types).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'text/calendar',
      'application/ics',
    ]);
    expect(bytes.toString('latin1')).toMatch(/text\/calendar; charset=utf-8; method=REQUEST/);
    const file =
      /filename=invite\.ics\r\n[\s\S]*?\r\n\r\n([\s\S]*?)\r\n\r?\n?--/.exec(bytes.toString('latin1'))?.[1] ??
      '';
    expect(Buffer.from(file, 'base64').toString()).toBe(invite.ics);
  });

  it('are the same for the same letter at the same time, and differ between attempts in the date alone', async () => {
    const first = await letterBytes(aLetter({ invite }), at);
    expect(await letterBytes(aLetter({ invite }), at)).toEqual(first);
    const later = (await letterBytes(aLetter({ invite }), at + 60_000)).toString('latin1');
    expect(later.replace(/^Date: .*$/m, '')).toBe(first.toString('latin1').replace(/^Date: .*$/m, ''));
  });

  it('keep lines under the 998 characters that mail allows, however long a paragraph is', async () => {
    const long = 'A long way down the coast. '.repeat(200);
    const bytes = await letterBytes(
      aLetter({ text: long, html: `<p>${long}</p>`, subject: 'x'.repeat(400) }),
      at,
    );
    expect(
      Math.max(
        ...bytes
          .toString('latin1')
          .split('\r\n')
          .map(line => line.length),
      ),
    ).toBeLessThan(998);
    expect((await openLetter(bytes)).text.trim()).toBe(long.trim());
  });
});

describe('what strangers type', () => {
  const nasty = fc.constantFrom(
    '\r\n',
    '\n',
    '\r',
    '\0',
    '\u2028',
    '\u2029',
    '\u0085',
    '\v',
    '\f',
    '\t',
    '\x1b',
    '\x7f',
    '\u202e',
    '\u2066',
    '\ufeff',
    '"',
    "'",
    '\\',
    '<',
    '>',
    '(',
    ')',
    ',',
    ';',
    ':',
    '@',
    '=?utf-8?Q?=0D=0ABcc:_x?=',
    'Bcc: x@example.net',
    '\r\nBcc: x@example.net\r\n',
    '\r\n\r\n<b>body</b>',
    '%0d%0a',
    '嗨',
    '👩‍✈️',
    'ü',
    '\ud800',
    'مرحبا',
    ' ',
    '.',
    '-',
    '_',
    '`',
    '|',
    '!',
    '%',
    '--_NmP',
    'example.org',
  );
  const hostile = fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: nasty },
        { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
        { weight: 3, arbitrary: fc.string({ maxLength: 8 }) },
      ),
      { maxLength: 8 },
    )
    .map(parts => parts.join(''));
  const plain = fc.string({ unit: fc.constantFrom(...'abc xyz\'"üé,<>@;()'), maxLength: 20 });
  const field = fc.oneof(hostile, plain);
  const address = fc.oneof(
    fc.constant('carole@example.org'),
    hostile,
    fc.tuple(hostile, hostile).map(parts => parts.join('@')),
    hostile.map(text => `carole@example.org${text}`),
    hostile.map(text => `${text}carole@example.org`),
  );

  it('never becomes a header, a second recipient or another subject: it arrives as typed or is refused', async () => {
    let arrived = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.record({ name: field, subject: field, address, reply: field }), async typed => {
        const letter: Letter = aLetter({
          to: { name: typed.name, address: typed.address },
          replyTo: { name: typed.reply, address: 'dock@example.org' },
          subject: typed.subject,
        });
        let bytes: Buffer;
        try {
          bytes = await Promise.resolve().then(() => letterBytes(letter, at));
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
          expect(['letter-malformed', 'address-invalid']).toContain((error as Refusal).code);
          refused++;
          return;
        }
        arrived++;
        expect(headerNames(bytes)).toEqual([...template, 'Reply-To'].sort());
        const parsed = await PostalMime.parse(bytes);
        expect(parsed.to).toHaveLength(1);
        // A domain means the same in any case.
        expect(parsed.to?.[0]?.address?.toLowerCase()).toBe(letter.to.address.toLowerCase());
        expect(parsed.replyTo?.map(one => one.address)).toEqual(['dock@example.org']);
        expect(letters(parsed.subject ?? '')).toBe(letters(letter.subject));
        expect(letters(parsed.to?.[0]?.name ?? '')).toBe(letters(letter.to.name));
        expect([parsed.cc, parsed.bcc]).toEqual([undefined, undefined]);
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(arrived, refused)).toBeGreaterThan(100);
  });

  it.each([
    'a@b@example.org',
    '"carole may"@example.org',
    '"a@evil.example"@example.org',
    'carole',
    '@example.org',
    'carole@',
    'carole@.org',
    'carole@example..org',
    'ca role@example.org',
    'carole@exa mple.org',
    '<carole@example.org>',
    'carole@example.org,x@example.net',
    'carole@[127.0.0.1]',
    'carole%example.net@example.org',
    'host!carole@example.org',
    '.carole@example.org',
    'car..ole@example.org',
    'carole@-example.org',
    'kärl@example.org',
    'carole@exämple.org',
    `${'a'.repeat(65)}@example.org`,
    'carole@example.org\n',
    '',
  ])('is no address when it is %j', address => {
    expect(() => checkAddress(address)).toThrow(expect.objectContaining({ code: 'address-invalid' }));
  });

  it.each([
    'carole@example.org',
    'carole.may+jada@mail.example.co.uk',
    "o'neil_1@xn--exmple-cua.org",
    'owner@localhost',
  ])('is an address when it is %s', address => {
    expect(() => checkAddress(address)).not.toThrow();
  });
});
