import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Rendition } from './photo-store.ts';

/** A place on this machine where one photo is developed; gone when the work is done, whatever came of it. */
export type Workshop = {
  readonly original: string;
  readonly renditions: string;
  lay(original: AsyncIterable<Uint8Array>): Promise<void>;
  made(): Promise<readonly Rendition[]>;
};

/** Works in a fresh folder below `root`, its owner's only. For functions, whose disk is small and empty. */
export async function inWorkshop<T>(root: string, work: (shop: Workshop) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(root, 'gangway-photo-'));
  const [original, renditions] = [join(folder, 'original'), join(folder, 'renditions')];
  try {
    await mkdir(renditions, { mode: 0o700 });
    return await work({
      original,
      renditions,
      lay: bytes => pipeline(Readable.from(bytes), createWriteStream(original, { mode: 0o600 })),
      made: async () =>
        Promise.all(
          (await readdir(renditions)).map(async name => ({
            name,
            bytes: await readFile(join(renditions, name)),
          })),
        ),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
