import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { settableClock, systemClock } from '#lib/clock.ts';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import { notFoundPage } from './closed-page.tsx';
import { testBrand } from './guest-page.fixture.ts';
import { pageHostContract } from './page-host.contract.ts';
import { diskPageHost } from './page-host.disk.ts';

const folder = () => temporaryFolder('pages');
const slug = 'carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa';
const other = 'carole-jada-4fT9xQ2mZ8LwK0sVbN7rYb';

describe('pages on disk', () => {
  pageHostContract(() => diskPageHost({ root: folder(), clock: systemClock }));

  it('stand where any web server finds them, with the compressed file beside', async () => {
    const root = folder();
    const host = diskPageHost({ root, clock: systemClock });
    await host.publish(testBrand(), slug, '<p>hello</p>');
    await host.settled();
    const file = join(root, 'queenofsandiego', 'g', `${slug}.html`);
    expect(readFileSync(file, 'utf8')).toBe('<p>hello</p>');
    expect(brotliDecompressSync(readFileSync(`${file}.br`)).toString()).toBe('<p>hello</p>');
  });

  it('are not there rather than wrong, once a bit of one has turned', async () => {
    const root = folder();
    const page = notFoundPage(testBrand());
    await diskPageHost({ root, clock: systemClock }).publish(testBrand(), slug, page);
    const file = join(root, 'queenofsandiego', 'g', `${slug}.html`);
    const bytes = readFileSync(file);
    const sum = page.lastIndexOf('<!--') * 8;
    for (let bit = 0; bit < bytes.length * 8; bit += 53) {
      const turned = Buffer.from(bytes);
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(file, turned);
      const read = await diskPageHost({ root, clock: systemClock }).read(testBrand(), slug);
      // Behind the text there is only the sum itself, whose own damage harms nobody.
      if (bit < sum) expect(read).toBeNull();
    }
    writeFileSync(file, bytes);
    expect(await diskPageHost({ root, clock: systemClock }).read(testBrand(), slug)).not.toBeNull();
  });

  it('leave no half-made file behind', async () => {
    const root = folder();
    const host = diskPageHost({ root, clock: systemClock });
    await Promise.all([1, 2, 3].map(n => host.publish(testBrand(), slug, `<p>${n}</p>`)));
    await host.settled();
    expect(readdirSync(join(root, '.new'))).toEqual([]);
    expect(readdirSync(join(root, 'queenofsandiego', 'g'))).toHaveLength(2);
  });

  it('never stand beside the compressed bytes of another page', async () => {
    const root = folder();
    const host = diskPageHost({ root, clock: systemClock });
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
    const before = diskPageHost({ root, clock: systemClock });
    await before.publish(testBrand(), slug, '<p>hello</p>');
    await before.settled();
    rmSync(`${file}.br`);
    const host = diskPageHost({ root, clock: systemClock });
    const page = await host.read(testBrand(), slug);
    expect(brotliDecompressSync(page?.brotli ?? new Uint8Array()).toString()).toBe('<p>hello</p>');
    await host.settled();
    expect(brotliDecompressSync(readFileSync(`${file}.br`)).toString()).toBe('<p>hello</p>');
  });

  it('are read anew when another process put them there', async () => {
    const root = folder();
    const host = diskPageHost({ root, clock: systemClock });
    await host.publish(testBrand(), slug, '<p>one</p>');
    await host.read(testBrand(), slug);
    await host.settled();
    await diskPageHost({ root, clock: systemClock }).publish(testBrand(), slug, '<p>two</p>');
    expect(Buffer.from((await host.read(testBrand(), slug))?.html ?? []).toString()).toBe('<p>two</p>');
  });

  it('refuse a brand whose name leads out of the folder', async () => {
    const host = diskPageHost({ root: folder(), clock: systemClock });
    for (const id of ['..', '../other', '.', '']) {
      await expect(host.publish(testBrand({ id }), slug, 'x')).rejects.toThrow(/outside its brand/);
    }
  });

  /** A host, and a way to publish with the compressed file beside at once. */
  const withBeside = () => {
    const root = folder();
    const host = diskPageHost({ root, clock: settableClock('2027-05-01T12:00:00Z') });
    const put = async (html: string, { brand = testBrand(), of = slug } = {}) => {
      await host.publish(brand, of, html);
      const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 0 } };
      writeFileSync(join(root, brand.id, 'g', `${of}.html.br`), brotliCompressSync(html, quick));
    };
    return { host, put };
  };

  it('are held in memory as long as their file is the same', async () => {
    const { host, put } = withBeside();
    await put('<p>one</p>');
    const read = await host.read(testBrand(), slug);
    expect(await host.read(testBrand(), slug)).toBe(read);
    await put('<p>two</p>');
    expect(await host.read(testBrand(), slug)).not.toBe(read);
  });

  it('leave memory when there are too many, the one longest there first, and only then', async () => {
    const { host, put } = withBeside();
    const large = (n: number) => `<p>${randomBytes(1_900_000).toString('base64')} ${n}</p>`;
    await put('<p>small</p>');
    const small = await host.read(testBrand(), slug);
    for (let n = 0; n < 4; n++) {
      // The same page again takes the place of the one before.
      await put(large(n), { of: other });
      await host.read(testBrand(), other);
    }
    expect(await host.read(testBrand(), slug)).toBe(small);
    const before = await host.read(testBrand(), other);
    const second = testBrand({ id: 'second' });
    await put(large(4), { brand: second });
    const after = await host.read(second, slug);
    expect(await host.read(second, slug)).toBe(after);
    expect(await host.read(testBrand(), other)).not.toBe(before);
  });

  it('keep the compressed file that is beside them, whoever made it', async () => {
    const root = folder();
    const text = `<p>${'hello, hello; '.repeat(20)}</p>`;
    const before = diskPageHost({ root, clock: systemClock });
    await before.publish(testBrand(), slug, text);
    await before.settled();
    const beside = join(root, 'queenofsandiego', 'g', `${slug}.html.br`);
    const best = brotliCompressSync(text, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 0 },
    });
    expect(best.equals(readFileSync(beside))).toBe(false);
    writeFileSync(beside, best);
    const host = diskPageHost({ root, clock: systemClock });
    expect(best.equals((await host.read(testBrand(), slug))?.brotli ?? new Uint8Array())).toBe(true);
    await host.settled();
    expect(best.equals(readFileSync(beside))).toBe(true);
  });

  it.each([
    ['is damaged', Buffer.from('no brotli')],
    ['is that of another page', brotliCompressSync('<p>other</p>')],
  ])('make the compressed file anew when it %s', async (_what, bytes) => {
    const root = folder();
    const before = diskPageHost({ root, clock: systemClock });
    await before.publish(testBrand(), slug, '<p>hello</p>');
    await before.settled();
    const beside = join(root, 'queenofsandiego', 'g', `${slug}.html.br`);
    writeFileSync(beside, bytes);
    const host = diskPageHost({ root, clock: systemClock });
    const page = await host.read(testBrand(), slug);
    expect(brotliDecompressSync(page?.brotli ?? new Uint8Array()).toString()).toBe('<p>hello</p>');
    await host.settled();
    expect(brotliDecompressSync(readFileSync(beside)).toString()).toBe('<p>hello</p>');
  });

  it('go with their compressed file, also when that is still being made', async () => {
    const root = folder();
    const host = diskPageHost({ root, clock: systemClock });
    await host.publish(testBrand(), slug, '<p>hello</p>');
    await host.settled();
    await host.remove(testBrand(), slug);
    expect(readdirSync(join(root, 'queenofsandiego', 'g'))).toEqual([]);
    await host.publish(testBrand(), slug, '<p>hello</p>');
    await host.remove(testBrand(), slug);
    await host.settled();
    expect(readdirSync(join(root, 'queenofsandiego', 'g'))).toEqual([]);
    expect(await host.read(testBrand(), slug)).toBeNull();
  });

  it('get no compressed file of the page before, however long that takes to make', async () => {
    const root = folder();
    const host = diskPageHost({ root, clock: systemClock });
    const file = join(root, 'queenofsandiego', 'g', `${slug}.html`);
    await host.publish(testBrand(), slug, `<p>${randomBytes(1_000_000).toString('base64')}</p>`);
    await host.publish(testBrand(), slug, '<p>two</p>');
    await expect.poll(() => existsSync(`${file}.br`), { timeout: 20_000, interval: 1 }).toBe(true);
    expect(brotliDecompressSync(readFileSync(`${file}.br`)).toString()).toBe('<p>two</p>');
    await host.settled();
  });

  it('are compressed as well as they can be in a quiet moment, at the latest after a minute', async () => {
    const root = folder();
    const clock = settableClock('2027-05-01T12:00:00Z');
    const host = diskPageHost({ root, clock });
    const beside = (of: string) => existsSync(join(root, 'queenofsandiego', 'g', `${of}.html.br`));
    await host.publish(testBrand(), slug, '<p>hello</p>');
    for (let seconds = 0; seconds < 59; seconds += 0.5) {
      clock.advance(500);
      await host.publish(testBrand(), other, `<p>${seconds}</p>`);
    }
    expect([beside(slug), beside(other)]).toEqual([false, false]);
    clock.advance(1_000);
    await expect.poll(() => [beside(slug), beside(other)], { interval: 1 }).toEqual([true, true]);
  });

  it('are compressed at once when somebody reads them, whatever else waits', async () => {
    const root = folder();
    const host = diskPageHost({ root, clock: settableClock('2027-05-01T12:00:00Z') });
    await host.publish(testBrand(), other, '<p>other</p>');
    await host.publish(testBrand(), slug, '<p>hello</p>');
    const beside = (of: string) => join(root, 'queenofsandiego', 'g', `${of}.html.br`);
    const first = await host.read(testBrand(), slug);
    await expect.poll(() => existsSync(beside(slug)), { interval: 1 }).toBe(true);
    expect(readFileSync(beside(slug)).equals(first?.brotli ?? new Uint8Array())).toBe(true);
    expect(existsSync(beside(other))).toBe(false);
  });

  it('are finished when the host closes, and after it nothing is written: the folder is another process’s then', async () => {
    const root = folder();
    const host = diskPageHost({ root, clock: settableClock('2027-05-01T12:00:00Z') });
    const beside = (of: string) => existsSync(join(root, 'queenofsandiego', 'g', `${of}.html.br`));
    await host.publish(testBrand(), slug, `<p>${randomBytes(100_000).toString('base64')}</p>`);
    await host.publish(testBrand(), other, '<p>other</p>');
    await host.read(testBrand(), slug);
    await host.close();
    expect([beside(slug), beside(other), readdirSync(join(root, '.new'))]).toEqual([true, false, []]);
    await host.read(testBrand(), other);
    await host.close();
    expect(beside(other)).toBe(false);
  });

  it('have their folder made, and made again when somebody took it away', async () => {
    const root = join(folder(), 'not', 'there', 'yet');
    const host = diskPageHost({ root, clock: systemClock });
    await host.publish(testBrand(), slug, 'x');
    await host.settled();
    rmSync(join(root, 'queenofsandiego'), { recursive: true });
    await expect(host.publish(testBrand(), slug, 'x')).rejects.toMatchObject({ code: 'page-host-failed' });
    await host.publish(testBrand(), slug, 'x');
    expect(await host.read(testBrand(), slug)).not.toBeNull();
  });

  it('are files: a folder of their name is none, and says so', async () => {
    const root = folder();
    const host = diskPageHost({ root, clock: systemClock });
    mkdirSync(join(root, 'queenofsandiego', 'g', `${slug}.html`), { recursive: true });
    expect(await host.slugs(testBrand())).toEqual([]);
    const failed = { code: 'page-host-failed', cause: expect.objectContaining({ code: expect.any(String) }) };
    await expect(host.read(testBrand(), slug)).rejects.toMatchObject(failed);
    await expect(host.remove(testBrand(), slug)).rejects.toMatchObject(failed);
    await host.publish(testBrand(), other, 'x');
    await host.settled();
    rmSync(join(root, 'queenofsandiego', 'g', `${other}.html.br`));
    mkdirSync(join(root, 'queenofsandiego', 'g', `${other}.html.br`));
    await expect(host.read(testBrand(), other)).rejects.toMatchObject(failed);
    writeFileSync(join(root, 'file'), '');
    await expect(host.slugs(testBrand({ id: 'file' }))).rejects.toMatchObject(failed);
  });

  it('say in one word that the folder cannot be written', async () => {
    const root = folder();
    const host = diskPageHost({ root, clock: systemClock });
    rmSync(join(root, '.new'), { recursive: true });
    await expect(host.publish(testBrand(), slug, 'x')).rejects.toMatchObject({
      code: 'page-host-failed',
      message: 'The folder of the guest pages could not be read or written.',
    });
  });
});
