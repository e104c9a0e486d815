import { describe, expect, it } from 'vitest';
import { builtInTemplates } from '#intake/mail/built-in.ts';
import { sampleMail } from '#intake/mail/mail.fixture.ts';
import { openMail } from '#intake/mail/open-mail.postal-mime.ts';
import { redact } from './redact.ts';

type How = Partial<Parameters<typeof redact>[1]>;
const redacted = (mail: Uint8Array, how: How = {}) =>
  redact(mail, { templates: [], names: [], vessels: [], seed: 'one', ...how });
const plain = (lines: readonly string[], headers: readonly string[] = []) =>
  Buffer.from(['From: a@market.example', 'Subject: Hello', ...headers, '', ...lines].join('\r\n'));
const html = (body: string, text = '') =>
  Buffer.from(
    [
      'From: a@market.example',
      'Subject: Hello',
      'Content-Type: multipart/alternative; boundary=b',
      '',
      '--b',
      '',
      text,
      '--b',
      'Content-Type: text/html',
      '',
      body,
      '--b--',
    ].join('\r\n'),
  );
const textOf = async (mail: Uint8Array, how: How = {}) => {
  const opened = await openMail((await redacted(mail, how)).mail);
  return `${opened.subject}\n${opened.text}\n${opened.html}`;
};

describe('who is in a mail that no template knows', () => {
  it.each<[string, string[]]>([
    ['a label', ['Guest: carole whitfield']],
    ['a label with more to it', ['> * Name of your guest: carole whitfield ']],
    ['a label in capitals', ['BOOKED BY:\tcarole whitfield']],
    ['a label with blanks around what it says', ['Guest: \t carole \t']],
    ['a greeting', ['Hi carole,']],
    ['a greeting that calls out', ['Good day. Hello carole !']],
    ['a greeting with blanks in it', ['Hello  carole,']],
    ['a name of several parts', ['Captain: carole d’arcy-smith jr.']],
  ])('is shown by %s', async (_, lines) => {
    const text = await textOf(plain([...lines, '', 'Please ask carole about it']));
    expect(text).toContain('lease ask avery about it');
    expect(text).not.toMatch(/carole/i);
  });

  it.each<[string, string[]]>([
    ['a label of something else', ['Boat: carole']],
    ['a label about people with something else', ['Guest: carole, 4 persons']],
    ['a label with a letter behind it', ['Guest: c', 'Boat: carole']],
    ['the end of a longer line', [`${'so it goes '.repeat(6)}the guest: carole`]],
    ['a sentence', ['the guest is: the one that carole knows: ask']],
    ['a word that only sounds like a greeting', ['Shi carole,']],
    ['a greeting that goes on', ['Hello carole and all']],
  ])('is not shown by %s', async (_, lines) => {
    expect(await textOf(plain([...lines, 'please ask carole about it']))).toContain('ask carole about it');
  });

  it.each([
    'To: carole <c@d.example>',
    'To: carole<c@d.example>',
    'To: <a@b.example>,carole <c@d.example>',
    'Cc: "carole" <c@d.example>',
    'Reply-To: carole c@d.example',
  ])('is shown by %s', async header => {
    expect(await textOf(plain(['ask carole about it'], [header]))).toContain('ask avery about it');
  });

  it('is not shown by headers that address nobody, nor by an address', async () => {
    const headers = ['X-Mailer: carole', 'To: <carole@d.example>'];
    expect(await textOf(plain(['ask carole about it'], headers))).toContain('ask carole about it');
  });

  it('is shown by the rows of its HTML part', async () => {
    const rows = '<table><tr><td>Boat</td><td>Heron</td></tr><tr><td>Guest</td><td>carole</td></tr></table>';
    expect(await textOf(html(rows, 'ask carole about it'))).toContain('ask avery about it');
  });

  it('is told by somebody who knows', async () => {
    const mail = plain(['ask carole about it']);
    expect(await textOf(mail, { names: ['carole'] })).toContain('ask avery about it');
    expect(await textOf(mail, { names: [' '] })).toContain('ask carole about it');
  });

  it('is no label and no vessel', async () => {
    const text = await textOf(plain(['Zorgo: 4', '> Deposit Kept: yes', 'The Heron and the Osprey']), {
      vessels: ['Heron'],
    });
    expect(text).toMatch(/Zorgo: 4\s+> Deposit Kept: yes/);
    expect(text).toContain('the Avery');
    expect(text).toContain('Heron');
  });

  it('may stand where a label with a number or an address would', async () => {
    expect(await textOf(plain(['Carole 7: yes', 'Carole at x@y: no', '7 Carole: yes']))).not.toContain(
      'Carole',
    );
  });
});

describe('what a template knows of a mail', () => {
  const templates = builtInTemplates('boatsetter');
  const vessels = ['Classic schooner JADA'];

  it('stays: its labels, its words, the vessel', async () => {
    const mail = sampleMail('boatsetter-new', { 'Classic schooner': 'Zorgo' });
    const text = await textOf(mail, { templates });
    for (const kept of [
      'Booking confirmed: ',
      'Renter: ',
      'Your earnings: ',
      'Zorgo JADA',
      'See this booking on Boatsetter',
    ])
      expect(text).toContain(kept);
  });

  it('is nobody in what it does not name', async () => {
    const mail = sampleMail('boatsetter-new', {
      'Good news: your boat is booked.': 'Zorgo: your boat is booked.',
    });
    expect(await textOf(mail, { templates, vessels })).not.toContain('Zorgo');
  });

  it('goes: the booking and what was typed, however little it looks like it', async () => {
    const mail = sampleMail('boatsetter-new', {
      xhqgmdh: 'mooring',
      'Can we bring a cake?': 'we come by the mooring',
    });
    const text = await textOf(mail, { templates, vessels });
    expect(text).not.toMatch(/mooring|we come by/);
    expect(text).toContain('A note, left out.');
  });

  it('goes: a guest whose name looks like no name', async () => {
    const mail = sampleMail('boatsetter-new', { 'Carole Whitfield': 'carole (whitfield)' });
    expect(await textOf(mail, { templates, vessels })).not.toMatch(/carole|whitfield/i);
  });

  it('stays: what was typed in a word too short to be anybody', async () => {
    const typed = (note: string) => {
      const mail = sampleMail('boatsetter-new', {
        'It is my mother': '',
        '&#x27;s 60th. Can we bring a cake?': note,
        "'s 60th. Can we bring a cake?": note,
      });
      return textOf(mail, { templates, vessels });
    };
    expect(await typed('yes')).not.toContain('A note, left out.');
    expect(await typed('cake')).toContain('A note, left out.');
  });

  it.each<[string, string[], Record<string, string>]>([
    ['without a row', ['Message'], {}],
    ['with a row that is new', ['Zorgo'], { 'Guests: 4 guests': 'Zorgo: yes\nGuests: 4 guests' }],
  ])('is not told of a fixture that is read %s', async (_, names, changes) => {
    const sample = sampleMail('boatsetter-new', changes);
    const known = templates.map(template => ({ ...template, passedOver: ['Zorgo'] }));
    expect((await redacted(sample, { templates: known, vessels })).template).toBe('boatsetter new');
    expect((await redacted(sample, { templates: known, vessels, names })).template).toBeNull();
  });

  it('is told where the fixture is read in the same way, and nowhere else', async () => {
    const sample = sampleMail('boatsetter-new');
    expect((await redacted(sample, { templates, vessels })).template).toBe('boatsetter new');
    expect((await redacted(sample, { vessels })).template).toBeNull();
    const drifted = sampleMail('boatsetter-new', { 'Guests: 4 guests': 'Guests: some' });
    expect((await redacted(drifted, { templates, vessels })).template).toBe('boatsetter new');
  });
});

describe('a fixture in which something would be left', () => {
  const left = (attribute: string, text: string, names: string[] = []) =>
    redacted(html(`<p class="${attribute}">${text}</p>`), { names, vessels: ['Heron'] });

  it.each<[string, string, string, string[]]>([
    ['a name', 'carole', 'ask carole', ['carole']],
    ['a name in other letters', 'CAROLE', 'ask carole', ['carole']],
    ['one of two names', 'carole', 'ask carole', ['carole whitfield']],
    ['a name that begins like a month', 'mayer', 'ask mayer', ['mayer']],
    ['a name that ends like a month', 'tomay', 'ask tomay', ['tomay']],
    ['an address', 'carole@mail.example', 'ask carole@mail.example', []],
    ['the address that would be invented', 'x', 'ask guest1@example.org', []],
    ['an amount', '$840.75', 'it is $840.75', []],
    ['an amount behind a blank', '$ 840.75', 'it is $ 840.75', []],
    ['a number of a phone', '+1 619 555 0142', 'call +1 619 555 0142', []],
    ['a name with signs in it', 'd’arcy', 'ask d’arcy', ['d’arcy']],
  ])('for %s is not made', async (_, attribute, text, names) => {
    await expect(left(attribute, text, names)).rejects.toMatchObject({
      code: 'redaction-incomplete',
      message: expect.stringMatching(/^1 of/),
    });
  });

  it('is not made from a mail without HTML either', async () => {
    await expect(redacted(plain(['ask guest1@example.org']))).rejects.toMatchObject({
      code: 'redaction-incomplete',
    });
  });

  it('says of how much', async () => {
    await expect(
      left('carole a@x.example $840', 'carole a@x.example $840', ['carole']),
    ).rejects.toMatchObject({
      message: expect.stringMatching(/^3 of/),
    });
  });

  it.each<[string, string, string, string[]]>([
    ['part of another word', 'carolee', 'ask carole', ['carole']],
    ['part of a word with numbers', 'carole7', 'ask carole', ['carole']],
    ['a word of two letters', 'jo', 'ask jo', ['jo']],
    ['a month that is a name as well', 'may', 'ask may', ['may']],
    ['a vessel that is a name as well', 'heron', 'ask heron', ['heron']],
    ['an address that ends like the invented one', 'x', 'ask carole1@example.org', []],
    ['an address that begins like the invented one', 'x', 'ask guest1@example.om', []],
    ['a small amount', '$84', 'it is $84', []],
    ['a number of no phone', '619 555 0142', 'it is 619 555 0142', []],
  ])('is made where that is %s', async (_, attribute, text, names) => {
    await expect(left(attribute, text, names)).resolves.toMatchObject({ template: null });
  });
});
