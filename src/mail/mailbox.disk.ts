import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mailbox, MailboxEntry } from './mailbox-port.ts';
import { privateFolder } from './mailer.outbox.ts';
import { openLetter } from './opened-letter.postal-mime.ts';

const mostLetters = 1000;
/** Holds every header of a letter of ours. */
const headBytes = 8192;

type Found = { id: string; file: string; writtenAt: number };

/** Reads the folder that `outboxMailer` writes, private letters included: who may look is for whoever mounts it. */
export function diskMailbox({ folder }: { folder: string }): Mailbox {
  const places = [folder, join(folder, privateFolder)];
  // A letter in the outbox never changes.
  const entries = new Map<string, MailboxEntry>();

  const entry = async ({ id, file }: Found): Promise<MailboxEntry> => {
    const known = entries.get(file);
    if (known) return known;
    const { to, subject, kind, at } = await openLetter(await head(file));
    const made = { id, to, subject, kind, at };
    entries.set(file, made);
    return made;
  };

  return {
    async list() {
      const found = (await Promise.all(places.map(letterFiles))).flat();
      const newest = found.sort((a, b) => b.writtenAt - a.writtenAt).slice(0, mostLetters);
      const listed = await inTurns(newest, entry);
      // The header knows the time only to the second; within one, the order of writing stands.
      return listed.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
    },
    async find(id) {
      if (!/^[a-z0-9-]{1,120}$/.test(id)) return null;
      for (const place of places) {
        const bytes = await readFile(join(place, `${id}.eml`)).catch(absent);
        if (bytes) return bytes;
      }
      return null;
    },
  };
}

async function letterFiles(place: string): Promise<Found[]> {
  const names = (await readdir(place).catch(absent)) ?? [];
  const letters = names.filter(name => name.endsWith('.eml') && !name.startsWith('.'));
  return inTurns(letters, async name => {
    const file = join(place, name);
    return { id: name.slice(0, -'.eml'.length), file, writtenAt: (await stat(file)).mtimeMs };
  });
}

async function head(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** A few files at a time: a full outbox must not run out of handles. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += 32) {
    results.push(...(await Promise.all(items.slice(at, at + 32).map(work))));
  }
  return results;
}

const absent = (error: NodeJS.ErrnoException): null => {
  if (error.code === 'ENOENT') return null;
  throw error;
};
