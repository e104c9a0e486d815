import { newSecret, type Random } from '#lib/random.ts';

const longestPrefix = 24;

/**
 * A new address for a guest page: a prefix a person can recognise and 132 random bits nobody can guess. It is chosen
 * once per booking and kept through every change, so it says nothing that may change: no date and no time.
 */
export function newSlug(random: Random, about: { guestFirstName: string; vessel: string }): string {
  const words = [folded(about.guestFirstName), folded(about.vessel)].filter(word => word !== '');
  const prefix =
    [words.join('-'), ...words].find(word => word !== '' && word.length <= longestPrefix) ??
    words[0]?.slice(0, longestPrefix).replace(/-+$/, '') ??
    'charter';
  return `${prefix}-${newSecret(random, 'guest page slug')}`;
}

const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** Lower-case ASCII letters and digits with single dashes; scripts without an ASCII spelling give nothing. */
const folded = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøđðłþı]/g, letter => letters[letter] ?? '')
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
