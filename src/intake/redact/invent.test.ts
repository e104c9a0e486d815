import { describe, expect, it } from 'vitest';
import { inventor, type Known } from './invent.ts';

const inventing = (known: Partial<Omit<Known, 'keep'>> & { keep?: string[] } = {}, seed = 'one') =>
  inventor({ names: [], notes: [], ids: [], ...known, keep: new Set(known.keep) }, seed);

/** How many of its signs stand where they stood. */
const alike = (was: string, is: string) =>
  [...was].filter((char, at) => /[\p{L}\d]/u.test(char) && is[at] === char).length;

describe('whoever is in a mail', () => {
  const names = ['Carole Whitfield', 'Otto Lindqvist'];

  it('has another name, the same one each time and in the same letters', () => {
    const invent = inventing({ names });
    expect(invent('Carole Whitfield and Otto Lindqvist, carole’s friend')).toMatch(
      /^Avery Alder and Blake Birch, /,
    );
    expect(invent('Dear Carole, CAROLE WHITFIELD (otto)')).toBe('Dear Avery, AVERY ALDER (blake)');
  });

  it('is found wherever a name is broken between lines or quoted', () => {
    const invent = inventing({ names: ['will grant', 'Anne-Marie d’Arcy'] });
    expect(invent('will\n> grant')).toBe('avery\n> alder');
    expect(invent('We will see')).toBe('We will see');
    expect(invent('Anne-Marie  d’Arcy')).toMatch(/^\w+ {2}\w+$/);
  });

  it('may be called as a usual word, which stays where it is one', () => {
    expect(inventing({ names: ['Will'] })('Will, will you be on board?')).toBe(
      'Avery, will you be on board?',
    );
  });

  it('is called as nobody else in the mail', () => {
    expect(inventing({ names: ['Avery Alder', 'blake'] })('Avery Alder')).toBe('Casey Birch');
  });

  it('is somebody else than anybody else, however many they are', () => {
    const many = Array.from(
      { length: 60 },
      (_, n) => `Q${'aeiou'[n % 5]}${'bcdfghjklmnp'[Math.floor(n / 5)]}`,
    );
    const invent = inventing({ names: many });
    const invented = many.map(name => invent(name));
    expect(new Set(invented).size).toBe(60);
    expect(invented.every(name => /^[A-Z][a-z]+$/.test(name))).toBe(true);
  });

  it('may be known by a letter', () => {
    expect(inventing({ names: ['J Whitfield'] })('J Whitfield')).toBe('Avery Alder');
  });

  it('is anybody whose name begins with a capital, or is written as nobody here writes', () => {
    const invent = inventing({ keep: ['heron'] });
    expect(invent('Zanzibar lies at the mooring, and so does the Heron')).toBe(
      'Avery lies at the mooring, and so does the Heron',
    );
    expect(invent('X and Jo')).toMatch(/^X and [A-Z][a-z]+$/);
    expect(invent('иван')).not.toContain('иван');
    expect(invent('李雷')).not.toMatch(/李|雷/);
    expect(invent('boatи')).not.toContain('boat');
  });
});

describe('how they are reached and what they pay', () => {
  it('is another address for each of them', () => {
    expect(inventing()('a@b.example, c@d.example, A@B.example')).toBe(
      'guest1@example.org, guest2@example.org, guest1@example.org',
    );
  });

  it('is no page of theirs', () => {
    expect(inventing()('see https://x.example/carole?id=7 (http://y.example)')).toBe(
      'see https://www.example.com/ (https://www.example.com/)',
    );
  });

  it.each(['$840.75', '+1 619 555 0142', '1.234,56', '9,120', '(619) 555-0142', '100'])(
    '%s has the same shape, and no digit of it is left',
    written => {
      for (const seed of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
        const is = inventing({}, seed)(written);
        expect(is.replace(/\d/g, '0')).toBe(written.replace(/\d/g, '0'));
        expect(alike(written, is)).toBe(0);
        expect(is.replace(/\D/g, '')).toMatch(/^[1-9]/);
      }
    },
  );

  it('may have noughts behind its first digit', () => {
    const all = ['a', 'b', 'c', 'd', 'e', 'f'].map(seed => inventing({}, seed)('9123456789')).join('');
    expect(all).toContain('0');
  });

  it('is the same number however it is written', () => {
    const invent = inventing();
    expect(invent('1,234.50').replace(/\D/g, '')).toBe(invent('1234.50').replace(/\D/g, ''));
    expect(invent('1,234.50')).not.toBe(inventing({}, 'another')('1,234.50'));
  });

  it('is no number of passengers', () => {
    expect(inventing()('4 guests, 12 guests')).toBe('4 guests, 12 guests');
  });
});

describe('what a booking is called', () => {
  it.each(['HT-88123', 'ab12cd', '7xhq_gm'])('%s has the same shape, and no sign of it is left', id => {
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      const is = inventing({}, seed)(id);
      const shape = (text: string) => text.replace(/[A-Z]/g, 'A').replace(/[a-z]/g, 'a').replace(/\d/g, '0');
      expect(shape(is)).toBe(shape(id));
      expect(alike(id, is)).toBe(0);
      expect(is).not.toMatch(/^0/);
    }
  });

  it('is the same each time, and another for another', () => {
    const invent = inventing({ ids: ['xhqgmdh', 'xhqgmdk'] });
    const [first, second] = [invent('xhqgmdh'), invent('xhqgmdk')];
    expect(first).toMatch(/^[a-z]{7}$/);
    expect(first).not.toBe(second);
    expect(invent('Booking XHQGMDH')).toBe(`Booking ${first}`);
    expect(invent('HT-88123')).toBe(invent('HT-88123'));
  });

  it('stays where it is a word of everybody', () => {
    expect(inventing({ keep: ['30ft-boat'] })('30FT-boat')).toBe('30FT-boat');
  });
});

describe('what stays', () => {
  it.each([
    '2027-05-30',
    '2027-05-30T16:30',
    '16:30:59',
    '4:30 PM PDT',
    'Sunday, May 30, 2027',
    'Sept. 3rd',
    '30th May 2027',
    '5/30/2027',
    '30/5/27',
    'Please confirm your booking today',
  ])('is “%s”', text => {
    expect(inventing()(text)).toBe(text);
  });

  it('is no amount that stands behind a month', () => {
    expect(inventing()('May 840.75')).not.toContain('840.75');
  });
});

describe('what somebody typed', () => {
  it.each([
    [
      'as it was',
      'Is it (really) $5? [yes] a+b*c {x} ^ | \\ /',
      'Is it (really) $5? [yes] a+b*c {x} ^ | \\ /',
    ],
    ['over several lines', 'mother’s 60th', 'mother’s\r\n  60th'],
    ['quoted', 'mother’s 60th', 'mother’s\n> 60th'],
    ['in capitals', 'mother’s cake', 'MOTHER’S CAKE'],
  ])('goes as a whole, %s', (_, note, written) => {
    expect(inventing({ notes: [note] })(`Please note: ${written} (${written})`)).toBe(
      'Please note: A note, left out. (A note, left out.)',
    );
  });
});
