import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundled, bundleFunctions } from '../../../scripts/lambda-bundle.ts';
import { functions } from './functions.ts';

const megabyte = 1e6;
const isHttp = ({ triggers }: (typeof functions)[number]) => triggers.some(({ on }) => on === 'http');

describe('a function as it is deployed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-bundles-'));
  let bundles: ReadonlyMap<string, Bundled>;
  beforeAll(async () => {
    bundles = await bundleFunctions(
      Object.fromEntries(functions.map(({ name, entry }) => [name, entry])),
      folder,
    );
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Files of ours in the whole bundle, what is loaded late included. */
  const ours = (name: string) =>
    [...(bundles.get(name)?.files ?? [])].filter(file => file.startsWith('src/'));

  it.each(functions.filter(isHttp))('$name reads 1.2 MB at most before its first answer', ({ name }) => {
    expect(bundles.get(name)?.coldBytes).toBeLessThanOrEqual(1.2 * megabyte);
  });

  it.each(functions.filter(({ money }) => money !== 'reads and writes'))(
    '$name has not a line of the books in it, nor of what comes in',
    ({ name }) => {
      expect(ours(name).length).toBeGreaterThan(100);
      expect(ours(name).filter(file => /^src\/(finances|intake\/inbox)/.test(file))).toEqual([]);
    },
  );

  it('would show a line of the books: those that keep them have some', () => {
    expect(ours('books').filter(file => file.startsWith('src/finances/')).length).toBeGreaterThan(5);
  });

  it.each(['intake', 'mail-in', 'tick-books'])('%s has the thread beside it that reads mails', async name => {
    const thread = new Worker(join(folder, name, 'mail-worker.mjs'));
    await expect(once(thread, 'message')).resolves.toEqual(['ready']);
    await thread.terminate();
  });

  it('has nothing of the embedded edition in it', () => {
    const embedded = functions
      .flatMap(({ name }) => ours(name))
      .filter(file => /\.(sqlite|smtp)\.ts$/.test(file));
    expect(embedded).toEqual([]);
  });
});
