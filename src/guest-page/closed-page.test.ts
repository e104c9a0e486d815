import { brotliCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { notFoundPage, parseClosedView, renderClosedPage } from './closed-page.tsx';
import { statementIn } from './document.tsx';
import { testBooking, testBrand, testVessel } from './guest-page.fixture.ts';

const closed = (closing: Parameters<typeof parseClosedView>[0]['closing']) =>
  renderClosedPage(
    parseClosedView({ booking: testBooking(), brand: testBrand(), vessel: testVessel(), closing }),
  );

it('says that a cancelled charter is off, whom to ask, and nothing about who was to come', () => {
  const html = closed({ kind: 'cancelled' });
  expect(html).toContain('This charter is off');
  expect(html).toContain('Sunday May 30, 2027, 16:30–19:30 PDT');
  expect(html).toContain('href="tel:+16195550100"');
  expect(html).toContain('mailto:hello@queenofsandiego.example');
  expect(html).not.toMatch(/Carole|guests\.example/);
});

it('leads to the new page where the charter went to another brand', () => {
  expect(closed({ kind: 'moved', to: 'https://harborlight.example/g/x' })).toContain(
    '<a href="https://harborlight.example/g/x">Your new page</a>',
  );
});

it('asks to get in touch while something has to be settled', () => {
  expect(closed({ kind: 'paused' })).toContain('get in touch before you set out');
});

it('makes no statement, has no script and is the same bytes each time', () => {
  const html = closed({ kind: 'cancelled' });
  expect(statementIn(html)).toBeNull();
  expect(html).not.toContain('<script');
  expect(html).toBe(closed({ kind: 'cancelled' }));
  expect(brotliCompressSync(html).byteLength).toBeLessThan(2_000);
});

it('knows one page for everything that is not there', () => {
  expect(notFoundPage(testBrand())).toBe(notFoundPage(testBrand()));
  expect(notFoundPage(testBrand())).toContain('There is no page here');
  expect(notFoundPage(testBrand({ locale: 'es-MX' }))).toMatch(
    /lang="es-MX"[\s\S]*Aquí no hay ninguna página/,
  );
  expect(notFoundPage(testBrand(), 'de')).toMatch(/lang="de"[\s\S]*Rufen Sie an/);
  expect(notFoundPage(null)).not.toMatch(/Queen|619/);
});
