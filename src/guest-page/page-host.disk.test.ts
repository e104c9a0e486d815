import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { notFoundPage } from './closed-page.tsx';
import { testBrand } from './guest-page.fixture.ts';
import { pageHostContract } from './page-host.contract.ts';
import { diskPageHost } from './page-host.disk.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'gangway-pages-'));
const slug = 'carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa';

describe('pages on disk', () => {
  pageHostContract(() => diskPageHost({ root: folder() }));

  it('stand where any web server finds them, with the compressed file beside', async () => {
    const root = folder();
    const host = diskPageHost({ root });
    await host.publish(testBrand(), slug, '<p>hello</p>');
    await host.settled();
    const file = join(root, 'queenofsandiego', 'g', `${slug}.html`);
    expect(readFileSync(file, 'utf8')).toBe('<p>hello</p>');
    expect(brotliDecompressSync(readFileSync(`${file}.br`)).toString()).toBe('<p>hello</p>');
  });

  it('are not there rather than wrong, once a bit of one has turned', async () => {
    const root = folder();
    const page = notFoundPage(testBrand());
    await diskPageHost({ root }).publish(testBrand(), slug, page);
    const file = join(root, 'queenofsandiego', 'g', `${slug}.html`);
    const bytes = readFileSync(file);
    const sum = page.lastIndexOf('<!--') * 8;
    for (let bit = 0; bit < bytes.length * 8; bit += 53) {
      const turned = Buffer.from(bytes);
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(file, turned);
      const read = await diskPageHost({ root }).read(testBrand(), slug);
      // Behind the text there is only the sum itself, whose own damage harms nobody.
      if (bit < sum) expect(read).toBeNull();
    }
    writeFileSync(file, bytes);
    expect(await diskPageHost({ root }).read(testBrand(), slug)).not.toBeNull();
  });

  it('leave no half-made file behind', async () => {
    const root = folder();
    const host = diskPageHost({ root });
    await Promise.all([1, 2, 3].map(n => host.publish(testBrand(), slug, `<p>${n}</p>`)));
    await host.settled();
    expect(readdirSync(join(root, '.new'))).toEqual([]);
    expect(readdirSync(join(root, 'queenofsandiego', 'g'))).toHaveLength(2);
  });

  it('never stand beside the compressed bytes of another page', async () => {
    const root = folder();
    const host = diskPageHost({ root });
    const file = join(root, 'queenofsandiego', 'g', `${slug}.html`);
    for (let n = 0; n < 10; n++) {
      await host.publish(testBrand(), slug, `<p>${n}</p>`);
      if (existsSync(`${file}.br`)) {
        expect(brotliDecompressSync(readFileSync(`${file}.br`)).toString()).toBe(readFileSync(file, 'utf8'));
      }
      if (n % 3 === 0) await host.settled();
    }
    await host.settled();
    expect(brotliDecompressSync(readFileSync(`${file}.br`)).toString()).toBe('<p>9</p>');
  });

  it('are read compressed even where a crash lost the compressed file, which then comes back', async () => {
    const root = folder();
    const file = join(root, 'queenofsandiego', 'g', `${slug}.html`);
    const before = diskPageHost({ root });
    await before.publish(testBrand(), slug, '<p>hello</p>');
    await before.settled();
    rmSync(`${file}.br`);
    const host = diskPageHost({ root });
    const page = await host.read(testBrand(), slug);
    expect(brotliDecompressSync(page?.brotli ?? new Uint8Array()).toString()).toBe('<p>hello</p>');
    await host.settled();
    expect(brotliDecompressSync(readFileSync(`${file}.br`)).toString()).toBe('<p>hello</p>');
  });

  it('are read anew when another process put them there', async () => {
    const root = folder();
    const host = diskPageHost({ root });
    await host.publish(testBrand(), slug, '<p>one</p>');
    await host.read(testBrand(), slug);
    await host.settled();
    await diskPageHost({ root }).publish(testBrand(), slug, '<p>two</p>');
    expect(Buffer.from((await host.read(testBrand(), slug))?.html ?? []).toString()).toBe('<p>two</p>');
  });

  it('refuse a brand whose name leads out of the folder', async () => {
    const host = diskPageHost({ root: folder() });
    for (const id of ['..', '../other', '.', '']) {
      await expect(host.publish(testBrand({ id }), slug, 'x')).rejects.toThrow(TypeError);
    }
  });

  it('say in one word that the folder cannot be written', async () => {
    const root = folder();
    const host = diskPageHost({ root });
    rmSync(join(root, '.new'), { recursive: true });
    await expect(host.publish(testBrand(), slug, 'x')).rejects.toMatchObject({ code: 'page-host-failed' });
  });
});
