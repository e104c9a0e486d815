import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom, systemRandom } from '#lib/random.ts';
import { slugPattern } from './page-routing.ts';
import { newSlug } from './slug.ts';

const prefixOf = (guestFirstName: string, vessel: string) =>
  newSlug(systemRandom, { guestFirstName, vessel }).slice(0, -23);

it('begins with something its reader knows', () => {
  expect(prefixOf('Carole', 'JADA')).toBe('carole-jada');
  expect(prefixOf('Zoë', 'Señora')).toBe('zoe-senora');
  expect(prefixOf("D'Arcy", 'J 105')).toBe('darcy-j-105');
  expect(prefixOf('Anne  Marie', '- JADA -')).toBe('anne-marie-jada');
  expect(prefixOf('Þóra', 'Ðrekı')).toBe('thora-dreki');
  expect(prefixOf('Jörg-Weiß', 'Ærø')).toBe('jorg-weiss-aero');
});

it('falls back where a name cannot be spelled or is too long', () => {
  expect(prefixOf('李', 'JADA')).toBe('jada');
  expect(prefixOf('李', '船')).toBe('charter');
  expect(prefixOf('Carole', 'Queen Charlotte of the Southern Seas')).toBe('carole');
  expect(prefixOf('', '   ')).toBe('charter');
  expect(prefixOf('', 'Queen Charlotte of the Seven Seas')).toBe('queen-charlotte-of-the-s');
  expect(prefixOf('', 'Abcdefghijklmnopqrstuvw xyz')).toBe('abcdefghijklmnopqrstuvw');
  expect(prefixOf('Abcdefghijkl', 'Mnopqrstuvw')).toBe('abcdefghijkl-mnopqrstuvw');
  expect(prefixOf('Abcdefghijkl', 'Mnopqrstuvwx')).toBe('abcdefghijkl');
});

it('always fits the one grammar, whatever the names hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (guestFirstName, vessel) => {
      expect(newSlug(systemRandom, { guestFirstName, vessel })).toMatch(slugPattern);
    }),
  );
});

it('is another one each time, and says nothing of day or time', () => {
  const random = seededRandom('slugs');
  const about = { guestFirstName: 'Carole', vessel: 'JADA' };
  const made = Array.from({ length: 1000 }, () => newSlug(random, about));
  expect(new Set(made).size).toBe(1000);
});
