import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut } from './layout.ts';
import type { LetterParts } from './letter-parts.ts';

const parts = (more: Partial<LetterParts> = {}): LetterParts => ({
  accent: '#0b5f7a',
  preheader: 'Sunday 30 May, 15:30 PDT',
  heading: 'Welcome aboard, Carole',
  paragraphs: ['Jada sails on Sunday.\nSee you at the dock.'],
  facts: [
    ['When', 'Sunday 30 May 2027, 15:30–18:30 PDT'],
    ['Where', 'Harbor Island, dock C'],
  ],
  action: { label: 'Open your page', href: 'https://queenofsandiego.example/g/carole#token' },
  more: [
    { label: 'Call the dock', href: 'tel:+16195550100' },
    { label: 'Map', href: 'geo:32.72,-117.20' },
  ],
  footer: ['Queen of San Diego', 'You get this because you booked a sail.'],
  ...more,
});

describe('a letter', () => {
  it('reads well as plain text, with every fact and every address', () => {
    expect(layOut(parts()).text).toBe(`Welcome aboard, Carole
======================

Jada sails on Sunday.
See you at the dock.

When:   Sunday 30 May 2027, 15:30–18:30 PDT
Where:  Harbor Island, dock C

Open your page:
https://queenofsandiego.example/g/carole#token

Call the dock: +16195550100

Map:
geo:32.72,-117.20

-- 
Queen of San Diego
You get this because you booked a sail.
`);
  });

  it('says the same in HTML, the button’s address in full below it', () => {
    const { html } = layOut(parts());
    for (const said of [
      'Carole',
      'Jada sails on Sunday.<br/>See you',
      'Harbor Island, dock C',
      '15:30–18:30 PDT',
    ]) {
      expect(html).toContain(said);
    }
    expect(html.match(/href="https:\/\/queenofsandiego\.example\/g\/carole#token"/g)).toHaveLength(2);
    expect(html).toContain('>https://queenofsandiego.example/g/carole#token<');
  });

  it('runs nothing and loads nothing from anywhere', () => {
    expect(layOut(parts()).html).not.toMatch(/<script|<img|<link|<iframe|src=|url\(|@import|\son\w+=/i);
  });

  it('lines up the columns of a table, and sets off the total', () => {
    const table = {
      caption: 'Who comes',
      columns: [{ label: 'Boat' }, { label: 'Guests', align: 'end' as const }],
      rows: [
        ['Jada', '6'],
        ['Tender', '12'],
      ],
      total: ['Together', '18'],
    };
    expect(layOut(parts({ tables: [table] })).text).toContain(
      `Who comes
Boat      Guests
Jada           6
Tender        12
----------------
Together      18
`,
    );
  });

  it.each([
    ['#000000', '#ffffff'],
    ['#f5c842', '#000000'],
  ])('writes on a button of %s in %s', (accent, ink) => {
    expect(layOut(parts({ accent })).html).toContain(`text-decoration:none;color:${ink}`);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://x.example',
    '//x.example',
    '/g/carole',
    ' ',
    'vbscript:x',
  ])('has no link to %j', href => {
    expect(() => layOut(parts({ action: { label: 'Open', href } }))).toThrow(
      expect.objectContaining({ code: 'letter-malformed' }),
    );
  });

  it('shows what strangers typed as they typed it, never as markup and never as a line of its own', () => {
    const markup = /<[a-z/!][^>]*>/gi;
    const tags = (html: string) => (html.match(markup) ?? []).map(tag => tag.replace(/ .*/s, '')).join('');
    const typed = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '<script>',
            '</td>',
            '"',
            "'",
            '&',
            '&lt;',
            '<!--',
            ']]>',
            '\r\n',
            '\u2028',
            '\0',
            '\u0085',
          ),
          fc.string({ unit: 'binary', maxLength: 4 }),
        ),
        { minLength: 1, maxLength: 6 },
      )
      .map(pieces => `x${pieces.join('')}x`);
    const plain = layOut(parts({ heading: 'x', paragraphs: ['x'], facts: [['x', 'x']], footer: ['x'] }));
    fc.assert(
      fc.property(typed, text => {
        const one = text.replace(/[\r\n\u2028\u2029]/g, '');
        const laid = layOut(
          parts({ heading: text, paragraphs: [one], facts: [[text, text]], footer: [text] }),
        );
        expect(tags(laid.html)).toBe(tags(plain.html));
        expect(laid.text.split('\n')).toHaveLength(plain.text.split('\n').length);
        expect(laid.text.isWellFormed() && laid.html.isWellFormed()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
