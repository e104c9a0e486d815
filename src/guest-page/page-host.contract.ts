import { brotliDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Brand } from '#booking/fleet.ts';
import { sha256 } from '#lib/digest.ts';
import { testBrand } from './guest-page.fixture.ts';
import type { PageHost } from './page-host.ts';

const slug = 'carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa';
const other = 'carole-jada-4fT9xQ2mZ8LwK0sVbN7rYA';

/** What every page host keeps to. The factory makes an empty one. */
export function pageHostContract(fresh: () => PageHost): void {
  const brands: readonly Brand[] = [
    testBrand(),
    testBrand({ id: 'folder', layout: { kind: 'folder' } }),
    testBrand({ id: 'root', layout: { kind: 'root', prefix: 'jada' } }),
  ];
  const text = async (host: PageHost, brand: Brand, of = slug) => {
    const page = await host.read(brand, of);
    return page && Buffer.from(page.html).toString('utf8');
  };

  it.each(brands)('gives back the bytes that were published, layout $layout.kind', async brand => {
    const host = fresh();
    expect(await host.read(brand, slug)).toBeNull();
    const { etag } = await host.publish(brand, slug, '<p>Grüße, 15:30</p>');
    const page = await host.read(brand, slug);
    expect(page).toMatchObject({ etag });
    expect(etag).toBe(sha256('<p>Grüße, 15:30</p>'));
    expect(Buffer.from(page?.html ?? []).toString('utf8')).toBe('<p>Grüße, 15:30</p>');
    expect(brotliDecompressSync(page?.brotli ?? new Uint8Array()).toString('utf8')).toBe(
      '<p>Grüße, 15:30</p>',
    );
  });

  it('shows what was published last, at once', async () => {
    const host = fresh();
    const brand = testBrand();
    for (let n = 0; n < 20; n++) {
      await host.publish(brand, slug, `<p>revision ${n % 10}</p>`);
      expect(await text(host, brand)).toBe(`<p>revision ${n % 10}</p>`);
    }
  });

  it('never shows a part of a page or two pages mixed, however often it changes', async () => {
    const host = fresh();
    const brand = testBrand();
    const pages = [1, 2, 3, 4, 5, 6].map(n => `<p>${String(n).repeat(50_000)}</p>`);
    let done = false;
    const seen = new Set<string>();
    const reading = (async () => {
      while (!done) {
        const page = await host.read(brand, slug);
        if (page) {
          const html = Buffer.from(page.html).toString('utf8');
          expect(brotliDecompressSync(page.brotli).toString('utf8')).toBe(html);
          expect(page.etag).toBe(sha256(html));
          seen.add(html);
        }
        await new Promise(resolve => setImmediate(resolve));
      }
    })();
    await Promise.all(pages.map(html => host.publish(brand, slug, html)));
    done = true;
    await reading;
    for (const html of seen) expect(pages).toContain(html);
    expect(pages).toContain(await text(host, brand));
  });

  it('keeps brands apart under one slug, and slugs apart that differ in case only', async () => {
    const host = fresh();
    const [a, b] = [testBrand(), testBrand({ id: 'second' })];
    await host.publish(a, slug, 'first');
    await host.publish(b, slug, 'second');
    await host.publish(a, other, 'other');
    expect([await text(host, a), await text(host, b), await text(host, a, other)]).toEqual([
      'first',
      'second',
      'other',
    ]);
    await host.remove(a, slug);
    expect([await text(host, a), await text(host, b), await text(host, a, other)]).toEqual([
      null,
      'second',
      'other',
    ]);
  });

  it.each(brands)('names the slugs of a brand that have a page, layout $layout.kind', async brand => {
    const host = fresh();
    expect(await host.slugs(brand)).toEqual([]);
    await host.publish(brand, slug, 'one');
    await host.publish(brand, other, 'two');
    await host.publish(testBrand({ id: 'elsewhere' }), slug, 'three');
    expect([...(await host.slugs(brand))].sort()).toEqual([slug, other].sort());
    await host.remove(brand, slug);
    expect(await host.slugs(brand)).toEqual([other]);
  });

  it('removes what is not there without complaint', async () => {
    await expect(fresh().remove(testBrand(), slug)).resolves.toBeUndefined();
  });

  it.each([
    '../../etc/passwd',
    'x',
    '',
    'a/../b',
    `${slug}/..`,
    `${slug}\0`,
    'Carole-4fT9xQ2mZ8LwK0sVbN7rYa',
  ])('touches nothing for %j, which is no slug', async wrong => {
    const host = fresh();
    await expect(host.publish(testBrand(), wrong, 'x')).rejects.toThrow(TypeError);
    await expect(host.read(testBrand(), wrong)).rejects.toThrow(TypeError);
    await expect(host.remove(testBrand(), wrong)).rejects.toThrow(TypeError);
  });
}
