import { existsSync, renameSync } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { Unavailable } from '#lib/refusal.ts';
import { folderSync, writeThrough } from '#platform/whole-file.ts';
import type { Letter } from './letter.ts';
import { letterBytes } from './letter-bytes.ts';
import type { Handed, Mailer } from './mailer.ts';

/** Where in the outbox letters to owner and payee lie: apart, so that a folder can be shown without the books. */
export const privateFolder = 'private';

/** The file a letter becomes, without `.eml`, and its name in the web mailbox: readable, safe on every disk, one per id. */
export function outboxName(letterId: string): string {
  const readable = letterId
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${readable || 'letter'}-${sha256(letterId).slice(0, 16)}`;
}

/**
 * Letters as `.eml` files in a folder, for those who run without a mail server; read in the web mailbox or any mail
 * program. Exactly one whole file per letter id, whatever crashes: the first copy written stays. Folder and files are
 * readable by their owner only, because letters carry links that let people in.
 */
export function outboxMailer({ folder, clock }: { folder: string; clock: Clock }): Mailer {
  const underWay = new Map<string, Promise<Handed>>();
  const syncFolder = folderSync();
  const ready = new Map<string, Promise<void>>();

  const makeReady = async (place: string) => {
    await mkdir(place, { recursive: true, mode: 0o700 });
    if (place !== folder) await chmod(place, 0o700);
    await syncFolder(dirname(place));
  };

  const write = async (letter: Letter): Promise<Handed> => {
    const bytes = letterBytes(letter, clock.now());
    const inside = letter.audience === 'owner' || letter.audience === 'payee';
    const place = inside ? join(folder, privateFolder) : folder;
    const name = outboxName(letter.id);
    const file = join(place, `${name}.eml`);
    try {
      const made = ready.get(place) ?? makeReady(place);
      ready.set(place, made);
      await made;
      if (existsSync(file)) {
        // Whoever wrote it may have died before this.
        await syncFolder(place);
        return { kind: 'sent' };
      }
      const unfinished = join(place, `.${name}.part`);
      await writeThrough(unfinished, bytes, 0o600);
      renameSync(unfinished, file);
      await syncFolder(place);
      return { kind: 'sent' };
    } catch (error) {
      ready.delete(place);
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
      return { kind: 'later', blocks: 'all', reason: `The outbox folder could not be written (${code}).` };
    }
  };

  return {
    exactlyOnce: true,
    send(letter) {
      const same = underWay.get(letter.id);
      if (same !== undefined) return same;
      const mine = write(letter).finally(() => underWay.delete(letter.id));
      underWay.set(letter.id, mine);
      return mine;
    },
    async forget(letterId) {
      await underWay.get(letterId);
      const name = outboxName(letterId);
      try {
        for (const place of [folder, join(folder, privateFolder)]) {
          for (const file of [`${name}.eml`, `.${name}.part`]) await rm(join(place, file), { force: true });
          if (existsSync(place)) await syncFolder(place);
        }
      } catch (cause) {
        throw new Unavailable('outbox-failed', 'A letter could not be deleted from the outbox folder.', {
          cause,
        });
      }
    },
    async close() {
      await Promise.allSettled(underWay.values());
    },
  };
}
