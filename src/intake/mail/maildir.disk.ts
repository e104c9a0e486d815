import { type FSWatcher, watch } from 'node:fs';
import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { mailLimits } from './opened-mail.ts';

export type Maildir = {
  /** Takes everything that is there now, oldest name first. Safe at any time and to repeat. */
  sweep: () => Promise<void>;
  /** Sweeps whenever something arrives, until called off. Where the file system tells nobody, the sweeps of the tick remain. */
  watch: () => void;
  close: () => Promise<void>;
};

/**
 * A Maildir whose `new` is emptied: each mail is handed to `take` and then moved to `cur` as seen, or as flagged where
 * `take` refused it for good by answering `refused`. If `take` throws, the mail stays for the next sweep. A crash in between
 * hands a mail over twice; the inbox knows it by its digest.
 */
export function maildir(
  folder: string,
  take: (mail: Uint8Array) => Promise<'taken' | 'refused'>,
  onTrouble: (error: unknown) => void,
): Maildir {
  const fresh = join(folder, 'new');
  const ready = Promise.all(
    ['new', 'cur', 'tmp'].map(name => mkdir(join(folder, name), { recursive: true })),
  );
  let watcher: FSWatcher | undefined;
  const inTurn = oneAtATime();

  const takeAll = async () => {
    await ready;
    for (const name of (await readdir(fresh)).filter(one => !one.startsWith('.')).sort()) {
      const file = join(fresh, name);
      const { size } = await stat(file);
      const outcome = size > mailLimits.bytes ? 'refused' : await take(await readFile(file));
      await rename(
        file,
        join(folder, 'cur', `${name.replace(/:2,.*$/, '')}:2,${outcome === 'taken' ? 'S' : 'F'}`),
      );
    }
  };
  const sweep = () => inTurn(folder, () => takeAll().catch(onTrouble));

  return {
    sweep,
    watch() {
      void ready
        .then(() => {
          watcher = watch(fresh, () => void sweep());
          watcher.on('error', onTrouble);
          return sweep();
        })
        .catch(onTrouble);
    },
    async close() {
      watcher?.close();
      await inTurn(folder, async () => {});
    },
  };
}
