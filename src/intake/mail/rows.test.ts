import { describe, expect, it } from 'vitest';
import { rowsOfHtml } from './rows.node-html-parser.ts';
import { rowsOfText } from './rows.ts';
import { type TemplateInput, templateShape } from './template.ts';

const template = (more: Partial<TemplateInput> = {}) =>
  templateShape.parse({
    name: 'new',
    kind: 'new',
    subject: 'Booked: {booking}',
    rows: [
      { label: 'Guests', says: '{partySize}' },
      { label: 'A Note', says: '{note}' },
    ],
    noteEnds: 'See this – booking',
    ...more,
  });
const inText = (...lines: string[]) =>
  rowsOfText(lines.join('\r\n'), template()).map(({ label, value }) => `${label}=${value}`);
const inHtml = (html: string) => rowsOfHtml(html).map(({ label, value }) => `${label}=${value}`);

describe('a row of a text', () => {
  it.each([
    ['Guests: 4', 'Guests=4'],
    ['Guests:   4  ', 'Guests=4'],
    ['Guests:', 'Guests='],
    ['Guests: ', 'Guests='],
    [' > * Guests: 4', 'Guests=4'],
    ['• Guests: 4', 'Guests=4'],
    ['*Guests:* 4', 'Guests=4'],
    ['*Guests*: 4', 'Guests=4'],
    ['Time: 4:30 PM', 'Time=4:30 PM'],
    ['Number of guests : 4', 'Number of guests=4'],
    ['Mailto list: 4', 'Mailto list=4'],
    ['Over https: 4', 'Over https=4'],
    [`${'x'.repeat(60)}: 4`, `${'x'.repeat(60)}=4`],
  ])('“%s” says %s', (line, row) => {
    expect(inText(line)).toEqual([row]);
  });

  it.each([
    'Guests 4',
    'Guests:4',
    ': 4',
    `${'x'.repeat(61)}: 4`,
    'https://x.example',
    'https: //x.example',
    'HTTP: //x.example',
    'https : //x.example',
    'mailto: a@b.example',
    '',
  ])('is none in “%s”', line => {
    expect(inText(line)).toEqual([]);
  });

  it('may stand on bare lines, one after the other', () => {
    expect(rowsOfText('Guests: 4\nBoat: Heron', template())).toEqual([
      { label: 'Guests', value: '4' },
      { label: 'Boat', value: 'Heron' },
    ]);
  });

  it('that is a note goes on to the last line that ends it, whatever stands in between', () => {
    expect(
      inText(
        'Guests: 4',
        'A note: Hello',
        'Guests: 6',
        'See this - booking',
        '',
        'Boat: Gull',
        '  See this — booking here',
        'Fee: 1',
      ),
    ).toEqual(['Guests=4', 'A note=Hello\nGuests: 6\nSee this - booking\n\nBoat: Gull', 'Fee=1']);
  });

  it('that is a note without an end is none, and neither is one that ended before', () => {
    expect(inText('See this - booking', 'A note: Hello', 'Guests: 4')).toEqual(['Guests=4']);
  });

  it('is a note nowhere but where the template has one', () => {
    const rows = [{ label: 'Guests', says: '{partySize}' }];
    expect(rowsOfText('A note: a\nB: b', template({ rows, noteEnds: undefined }))).toHaveLength(2);
  });
});

describe('a row of HTML', () => {
  it.each([
    ['two cells', '<table><tr><td>Guests</td><td>4</td></tr></table>', ['Guests=4']],
    [
      'a head and a cell',
      '<table><tr><th>Guests</th><td> 4 &amp;\n more</td></tr></table>',
      ['Guests=4 & more'],
    ],
    [
      'cells within cells',
      '<table><tr><td><table><tr><td>Guests</td><td>4</td></tr></table></td><td>x</td></tr></table>',
      ['Guests=4'],
    ],
    [
      'a definition',
      '<dl><dt>Guests</dt><dd>4</dd><dt>Boat</dt><dd>Heron</dd></dl>',
      ['Guests=4', 'Boat=Heron'],
    ],
    ['a paragraph', '<p><b>Guests:</b> 4 persons</p>', ['Guests:=4 persons']],
    ['a paragraph with blanks before it', '<p>  \n <strong> Guests: </strong> 4</p>', ['Guests:=4']],
    ['an item of a list', '<ul><li><b>Guests:</b> 4</li></ul>', ['Guests:=4']],
    ['a block', '<div><b>Guests:</b> 4 <i>or so</i></div>', ['Guests:=4 or so']],
    ['an empty cell', '<table><tr><td>Guests</td><td></td></tr></table>', ['Guests=']],
    [
      'several, in their order',
      '<p><b>A:</b> 1</p><table><tr><td>B</td><td>2</td></tr></table>',
      ['A:=1', 'B=2'],
    ],
    ['cells around a remark', '<table><tr><td>Gue<!-- x -->sts</td><td>4</td></tr></table>', ['Guests=4']],
  ])('is %s', (_, html, rows) => {
    expect(inHtml(html)).toEqual(rows);
  });

  it.each([
    ['three cells', '<table><tr><td>Guests</td><td>4</td><td>x</td></tr></table>'],
    ['one cell', '<table><tr><td>Guests: 4</td></tr></table>'],
    ['a cell without a label', '<table><tr><td> </td><td>4</td></tr></table>'],
    ['a word without its definition', '<dl><dt>Guests</dt><dt>4</dt></dl>'],
    ['a word at the end', '<dl><dt>Guests</dt></dl>'],
    ['a paragraph in which bold comes later', '<p>The <b>Guests:</b> 4</p>'],
    ['a paragraph that is not bold', '<p><i>Guests:</i> 4</p>'],
    ['a paragraph that begins with something like bold', '<p><sub>Guests:</sub> 4</p>'],
    ['a paragraph that begins with a button', '<p><button>Guests:</button> 4</p>'],
    ['a paragraph without a colon', '<p><b>Guests</b> 4</p>'],
    ['a paragraph without anything', '<p>Guests: 4</p>'],
    ['a block with blocks in it', '<div><b>Guests:</b> 4 <p>more</p></div>'],
    ['a script', '<script><p><b>Guests:</b> 4</p></script>'],
    ['a style', '<style><p><b>Guests:</b> 4</p></style>'],
  ])('is not %s', (_, html) => {
    expect(inHtml(html)).toEqual([]);
  });
});
