import { Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageLayout } from '#booking/page-layout.ts';
import { notFoundPage } from './closed-page.tsx';
import { describeRoute, resolveViewerPath, runEdgeFunction } from './edge-function.vm.ts';
import { testBrand } from './guest-page.fixture.ts';
import { workerHeaders } from './page-headers.ts';
import {
  edgeFunction,
  edgeFunctionLimit,
  iamPrefix,
  invalidationSet,
  objectKey,
  pathAsked,
  slugOfKey,
  slugPattern,
  viewerPath,
  workerFunction,
} from './page-routing.ts';
import { workerScript } from './worker.js.ts';

const layouts: readonly PageLayout[] = [
  { kind: 'beside' },
  { kind: 'folder' },
  { kind: 'root', prefix: 'jada' },
  { kind: 'root', prefix: 'g' },
];
const brands = layouts.map((layout, n) => testBrand({ id: `brand-${n}`, layout }));
const slugs = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,23}-[A-Za-z0-9_-]{22}$/);
const slug = 'carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa';
const uriOf = (answer: ReturnType<typeof runEdgeFunction>) =>
  'uri' in answer ? answer.uri : answer.statusCode;

describe.each(brands)('a brand with layout $layout.kind', brand => {
  const { layout } = brand;

  it('sends every viewer path to the stored object', () => {
    fc.assert(
      fc.property(slugs, some => {
        const stored = `/${objectKey(layout, some)}`;
        expect(uriOf(runEdgeFunction(brand, viewerPath(some)))).toBe(stored);
        expect(uriOf(runEdgeFunction(brand, `${viewerPath(some)}/`))).toBe(stored);
        expect(uriOf(runEdgeFunction(brand, `${viewerPath(some)}.html`))).toBe(stored);
        expect(resolveViewerPath(brand, viewerPath(some))).toBe(some);
      }),
    );
  });

  it('leaves a stored object’s own address as it is, so that rewriting twice is rewriting once', () => {
    fc.assert(
      fc.property(slugs, some => {
        const stored = `/${objectKey(layout, some)}`;
        expect(uriOf(runEdgeFunction(brand, stored))).toBe(stored);
      }),
    );
  });

  it('invalidates the path that was asked for and the one it became, and keeps both inside its rights', () => {
    fc.assert(
      fc.property(slugs, some => {
        const paths = invalidationSet(layout, some);
        expect(paths).toContain(viewerPath(some));
        expect(paths).toContain(uriOf(runEdgeFunction(brand, viewerPath(some))));
        expect(objectKey(layout, some).startsWith(iamPrefix(layout))).toBe(true);
        expect(slugOfKey(layout, objectKey(layout, some))).toBe(some);
      }),
    );
  });

  it('answers anything else itself, and never leaves its prefix', () => {
    const piece = fc.oneof(
      slugs,
      fc.constantFrom(
        '..',
        '.',
        '',
        '%2e%2e',
        '%2E.',
        '%00',
        '\0',
        'g',
        'G',
        'guests',
        'index.html',
        '.html',
        '%2f',
        '\\',
        ';',
        '#',
        '\u2028',
        'ｇ',
        'ı',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    );
    const hostile = fc.array(piece, { maxLength: 6 }).map(pieces => `/${pieces.join('/')}`);
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), path => {
        const answer = runEdgeFunction(brand, path);
        const slug = 'uri' in answer ? slugOfKey(layout, answer.uri.slice(1)) : null;
        if ('uri' in answer) {
          expect(slug).toMatch(slugPattern);
          expect(path).toContain(slug);
        } else {
          expect(answer.statusCode).toBe(404);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    '/',
    '/g',
    '/g/',
    `/G/${slug}`,
    `/g//${slug}`,
    `//g/${slug}`,
    `/g/${slug}//`,
    `/g/${slug}/.html`,
    `/g/../g/${slug}`,
    `/g/%2e%2e/${slug}`,
    `/g/${slug}%00`,
    `/g/${slug}\0`,
    `/g/${slug}\n`,
    `/g/${slug}.HTML`,
    `/g/${slug}x`,
    `/g/${slug.slice(0, -1)}`,
    '/g/Carole-4fT9xQ2mZ8LwK0sVbN7rYa',
    `/g/${slug}/uploads`,
    `/x/g/${slug}`,
    `g/${slug}`,
    '/index.html',
  ])('knows no page at %j', path => {
    expect(uriOf(runEdgeFunction(brand, path))).toBe(404);
    expect(resolveViewerPath(brand, path)).toBeNull();
  });

  it('tells slugs apart by the case of their letters', () => {
    expect(resolveViewerPath(brand, viewerPath(slug))).toBe(slug);
    expect(resolveViewerPath(brand, viewerPath(slug).replace('YA', 'Ya'))).not.toBe(slug.replace('Ya', 'YA'));
  });

  it('leaves the query to whoever asked', () => {
    const answer = runEdgeFunction(brand, viewerPath(slug), { utm: { value: 'letter' } });
    expect(answer).toMatchObject({ querystring: { utm: { value: 'letter' } } });
  });

  it('has a function that CloudFront takes: small, plain ASCII, without what the runtime does not know', () => {
    const text = edgeFunction(brand);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(edgeFunctionLimit);
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).not.toMatch(/\b(import|require|export|eval|new Function|setTimeout|fetch)\b\s*\(/);
    expect(edgeFunction(brand)).toBe(text);
  });
});

it('keeps even a brand with the longest words below the limit of the edge', () => {
  const brand = testBrand({
    name: '船'.repeat(80),
    layout: { kind: 'root', prefix: 'a'.repeat(40) },
    contact: { phone: '+'.padEnd(40, '9'), email: `${'a'.repeat(64)}@${'b'.repeat(60)}.example` },
  });
  expect(Buffer.byteLength(edgeFunction(brand))).toBeLessThanOrEqual(edgeFunctionLimit);
});

it.each(['', '../x', 'A', 'a/b', 'a.b', 'é'])('refuses the root prefix %j', prefix => {
  expect(() => iamPrefix({ kind: 'root', prefix })).toThrow('lower-case letters, digits and dashes');
  expect(() => edgeFunction(testBrand({ layout: { kind: 'root', prefix } }))).toThrow(TypeError);
});

describe('an address that an edge of somebody else has rewritten', () => {
  it.each([
    [`/guests/${slug}/index.html`, `/g/${slug}`],
    [`/guests/${slug}.html/index.html`, `/g/${slug}`],
    [`/guests/${slug}/uploads/index.html`, `/g/${slug}/uploads`],
    [`/g/${slug}/uploads.html`, `/g/${slug}/uploads`],
    [`/g/${slug}/uploads/a1.html`, `/g/${slug}/uploads/a1`],
  ])('%s was asked for as %s', (path, asked) => {
    expect(pathAsked(path)).toBe(asked);
  });

  it.each([
    '/',
    `/g/${slug}`,
    `/g/${slug}.html`,
    `/g/${slug}/uploads`,
    `/x/guests/${slug}/index.html`,
    `/guests/${slug}/index.html/x`,
    '/guests/nobody/index.html',
    '/g/nobody/uploads.html',
    '/desk/bookings.html',
  ])('%s is taken as it is', path => {
    expect(pathAsked(path)).toBe(path);
  });
});

it.each([
  [{ kind: 'beside' }, `g/${slug}.html`],
  [{ kind: 'folder' }, `guests/${slug}/index.html`],
  [{ kind: 'root', prefix: 'jada' }, `jada-${slug}.html`],
] as const)('stores a page of layout %j under %s, and finds its slug there alone', (layout, key) => {
  expect(objectKey(layout, slug)).toBe(key);
  expect(slugOfKey(layout, key)).toBe(slug);
  expect(slugOfKey(layout, `x${key.slice(1)}`)).toBeNull();
  expect(slugOfKey(layout, `${key.slice(0, -1)}x`)).toBeNull();
  expect(() => objectKey(layout, 'x')).toThrow('not the slug of a guest page');
});

it('answers at the edge with the very page of the brand, in whatever script', () => {
  const brand = testBrand({ name: 'Señora 船 \u2028 </script>' });
  expect(runEdgeFunction(brand, '/')).toMatchObject({ statusCode: 404, body: { data: notFoundPage(brand) } });
  for (const [value, language] of [
    ['de-CH,de;q=0.9,en;q=0.5', 'de'],
    ['fr-FR, ES;q=0.8', 'es'],
    ['esperanto, en', 'en'],
    ['fr', undefined],
  ] as const) {
    const answer = runEdgeFunction(brand, '/', {}, { 'accept-language': { value } });
    expect(answer).toMatchObject({ body: { data: notFoundPage(brand, language) } });
  }
});

it('answers at the edge with the script of guests, small and in plain ASCII, as the house does', () => {
  const text = workerFunction();
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(edgeFunctionLimit);
  expect(text).toMatch(/^[\n -~]*$/);
  const answer = new Script(`${text}\nJSON.stringify(handler())`).runInNewContext(Object.create(null));
  expect(JSON.parse(answer)).toEqual({
    statusCode: 200,
    statusDescription: 'OK',
    headers: Object.fromEntries(Object.entries(workerHeaders).map(([name, value]) => [name, { value }])),
    body: { encoding: 'text', data: workerScript },
  });
});

it('describes a route for the command line', () => {
  const brand = testBrand({ layout: { kind: 'folder' } });
  expect(describeRoute(brand, `/g/${slug}/?x=1`)).toEqual({
    brand: 'queenofsandiego',
    path: `/g/${slug}/`,
    page: {
      slug,
      viewerPath: `/g/${slug}`,
      objectKey: `guests/${slug}/index.html`,
      invalidate: [`/g/${slug}`, `/guests/${slug}/index.html`],
    },
    iamPrefix: 'guests/',
    edge: { uri: `/guests/${slug}/index.html` },
  });
  expect(describeRoute(brand, '/g/../secret')).toMatchObject({ page: null, edge: { statusCode: 404 } });
});
