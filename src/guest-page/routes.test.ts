import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Brand } from '#booking/fleet.ts';
import { settableClock } from '#lib/clock.ts';
import type { Refusal } from '#lib/refusal.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import { notFoundPage } from './closed-page.tsx';
import { testBrand } from './guest-page.fixture.ts';
import { diskPageHost } from './page-host.disk.ts';
import { sqlitePageStore } from './page-store.sqlite.ts';
import { guestPageRoutes } from './routes.ts';

const slug = 'carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa';
const own = testBrand();
const other = testBrand({ id: 'harborlight', layout: { kind: 'folder' } });

async function world() {
  const clock = settableClock('2027-05-01T12:00:00Z');
  const host = diskPageHost({ root: temporaryFolder('routes'), clock });
  const pages = sqlitePageStore(openSqlite(':memory:'));
  const html = '<!doctype html><p>16:30 PDT</p>';
  const { etag } = await host.publish(own, slug, html);
  await pages.record({ booking: 'bkg_0123456789abcdef', brand: own.id, slug, digest: 'd', etag, at: '' });
  const routes = guestPageRoutes({ host });
  const refused: unknown[] = [];
  const ask = (path: string, init: RequestInit = {}, brand: Brand = own) => {
    const app = routes(brand);
    app.onError((error, c) => {
      refused.push(error);
      return c.body(null, 409);
    });
    return app.request(`http://${brand.host}${path}`, init);
  };
  return { host, pages, clock, html, etag, ask, refused };
}

describe('a guest’s browser', () => {
  it('gets the page under its address, with everything that keeps it private and fresh', async () => {
    const { ask, html, etag } = await world();
    const response = await ask(`/g/${slug}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(html);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      etag: `"${etag}"`,
      'cache-control': 'public, max-age=0, s-maxage=60',
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(Buffer.byteLength(html)),
      'x-robots-tag': 'noindex',
      'referrer-policy': 'no-referrer',
      vary: 'Accept-Encoding',
    });
  });

  it.each([`/g/${slug}/`, `/g/${slug}.html`, `/g/${slug}?utm=letter`, `/g/${slug}/?a=/../b`])(
    'gets it at %s too',
    async path => {
      const { ask, html } = await world();
      expect(await (await ask(path)).text()).toBe(html);
    },
  );

  it('gets it compressed when it can read that, under a validator of its own', async () => {
    const { ask, host, html, etag } = await world();
    // The first comes before there was a quiet moment to compress the page as well as it can be.
    for (const _moment of ['before it lies there', 'after']) {
      const response = await ask(`/g/${slug}`, { headers: { 'accept-encoding': 'gzip, deflate, br;q=0.9' } });
      expect(response.headers.get('content-encoding')).toBe('br');
      expect(response.headers.get('etag')).toBe(`"${etag}-br"`);
      expect(brotliDecompressSync(Buffer.from(await response.arrayBuffer())).toString()).toBe(html);
      await host.settled();
    }
    for (const accepts of ['gzip', 'br;q=0', 'br; q=0.00, gzip', 'brotli']) {
      const plain = await ask(`/g/${slug}`, { headers: { 'accept-encoding': accepts } });
      expect(plain.headers.get('content-encoding')).toBeNull();
    }
  });

  it('is told in few bytes that its copy is still right, and sees a new page at once', async () => {
    const { ask, host, etag } = await world();
    for (const known of [`"${etag}"`, `"${etag}-br"`, `W/"${etag}"`, `"x", "${etag}"`]) {
      const response = await ask(`/g/${slug}`, { headers: { 'if-none-match': known } });
      expect([response.status, await response.text()]).toEqual([304, '']);
      expect(response.headers.get('cache-control')).toContain('s-maxage=60');
    }
    await host.publish(own, slug, '<p>15:30 PDT</p>');
    const response = await ask(`/g/${slug}`, { headers: { 'if-none-match': `"${etag}"` } });
    expect([response.status, await response.text()]).toEqual([200, '<p>15:30 PDT</p>']);
  });

  it('may ask for the headers only', async () => {
    const { ask, html } = await world();
    const response = await ask(`/g/${slug}`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(html)));
  });
});

describe('a stranger', () => {
  const browser = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };

  it('gets the same page and headers for whatever is not there', async () => {
    const { ask } = await world();
    const seen = new Set<string>();
    for (const path of [
      `/g/${slug.toLowerCase()}`,
      '/g/carole-jada-AAAAAAAAAAAAAAAAAAAAAA',
      '/g/x',
      '/',
      `/g/%2e%2e/${slug}`,
      `/G/${slug}`,
      `/guests/${slug}/index.html`,
      '/robots.txt',
    ]) {
      const response = await ask(path, browser);
      expect(response.headers.get('vary')).toBe('Accept, Accept-Language');
      seen.add(JSON.stringify([response.status, [...response.headers], await response.text()]));
    }
    expect(seen.size).toBe(1);
    expect([...seen][0]).toContain('There is no page here');
  });

  it('that is a program gets the problem, which does not say what was asked for', async () => {
    const { ask, refused } = await world();
    for (const accept of [undefined, '*/*', 'application/json']) {
      for (const path of ['/g/x', '/', `/g/${slug.toLowerCase()}`])
        await ask(path, accept === undefined ? {} : { headers: { accept } });
    }
    expect(new Set(refused.map(error => JSON.stringify([(error as Refusal).code, error]))).size).toBe(1);
    expect(refused).toHaveLength(9);
    expect(refused[0]).toMatchObject({ code: 'page-unknown', data: {} });
  });

  it('finds nothing of one brand on another', async () => {
    const { ask } = await world();
    for (const path of [`/g/${slug}`, `/guests/${slug}/index.html`]) {
      const response = await ask(path, browser, other);
      expect([response.status, await response.text()]).toEqual([404, notFoundPage(other)]);
    }
  });
});
