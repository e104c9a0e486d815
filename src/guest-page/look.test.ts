import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contrastOf, lookOf } from './look.ts';

const colour = fc.integer({ min: 0, max: 0xffffff }).map(value => `#${value.toString(16).padStart(6, '0')}`);

it('can be read in light and dark, whatever two colours a brand has', () => {
  fc.assert(
    fc.property(colour, colour, (accent, ink) => {
      for (const palette of Object.values(lookOf({ accent, ink }))) {
        const { water, sheet, text, soft, accent: link, face, onFace } = palette;
        for (const ground of [water, sheet]) {
          for (const words of [text, soft, link])
            expect(contrastOf(words, ground)).toBeGreaterThanOrEqual(4.5);
        }
        expect(contrastOf(onFace, face)).toBeGreaterThanOrEqual(5.5);
      }
    }),
    {
      examples: [
        ['#ffffff', '#ffffff'],
        ['#000000', '#000000'],
        ['#ffff00', '#00ff00'],
        ['#0b5f7a', '#12212f'],
      ],
    },
  );
});

it('keeps a brand’s own colour where it can be read', () => {
  expect(lookOf({ accent: '#0b5f7a', ink: '#12212f' }).light.face).toBe('#0b5f7a');
});

it('falls back to the house’s colours for what is none', () => {
  const look = lookOf({ accent: 'red;}body{display:none', ink: '' });
  expect(look).toEqual(lookOf({ accent: '#0b5f7a', ink: '#12212f' }));
});
