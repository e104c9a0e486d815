import { readdirSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import * as z from 'zod';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { problemsInCopy, snapshot } from '#platform/sqlite-snapshot.ts';
import { databases, type Files } from '../embedded/files.ts';
import { makeFolder } from '../embedded/make-folder.ts';
import { programVersion } from '../version.ts';
import { digestOfFile, emptyFolder, parsedManifest, writeManifest } from '../whole-folder.ts';

const manifestShape = z.object({
  format: z.literal(1),
  /** The program that took it. */
  gangway: z.string(),
  /** The instant that the copy shows, ISO 8601 UTC. */
  takenAt: z.iso.datetime(),
  files: z.array(
    z.object({
      // A manifest from elsewhere must not reach out of its folder.
      name: z.string().regex(/^(?!.*\.\.)[\w.-]+(?:\/[\w.-]+)*$/),
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

/** What is in a backup, written last: a folder without one is no backup. */
export type Manifest = z.infer<typeof manifestShape>;

export const manifestName = 'manifest.json';

/**
 * Copies an installation into a new folder while it runs: the three databases as they were at one instant, and the outbox
 * and the photos.
 * That instant is one at which the process could have been killed, and what a kill leaves is what every start copes with;
 * so no file is ahead of what it depends on. The outbox is read after it: a letter that counts as sent then is there, and
 * one more is recognised by its name. Pages are left out, because they are made from the databases.
 * Refusals: `backup-folder-not-empty`, `backup-folder-unwritable`.
 */
export async function takeBackup(it: {
  files: Pick<Files, 'open' | 'money' | 'engine' | 'outbox' | 'photos'>;
  folder: string;
  clock: Clock;
}): Promise<Manifest> {
  const { files, folder, clock } = it;
  makeEmpty(folder);
  const takenAt = isoInstant(clock.now());
  // Without a pause between the three.
  const held = [files.open, files.money, files.engine].map(({ file }) => snapshot(file));
  try {
    for (const [at, name] of databases.entries()) await held[at]?.copyTo(join(folder, name));
    await copyFolder(files.outbox, join(folder, 'outbox'));
    await copyFolder(files.photos, join(folder, 'photos'));
    const listed = await Promise.all((await filesIn(folder)).map(name => described(folder, name)));
    const manifest: Manifest = { format: 1, gangway: programVersion(), takenAt, files: listed };
    await writeManifest({ folder, name: manifestName, manifest, files: listed });
    return manifest;
  } catch (error) {
    emptyFolder(folder);
    throw error;
  } finally {
    for (const one of held) one.release();
  }
}

/**
 * Reads a backup and compares every byte with its manifest; what SQLite finds wrong with a database counts as damage too.
 * Refusals: `backup-incomplete`, `backup-damaged`.
 */
export async function checkBackup(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => null);
  const read = text === null ? null : manifestShape.safeParse(parsedManifest(text));
  if (!read?.success) {
    throw new Refusal(
      'backup-incomplete',
      `${folder} is not a whole backup: ${text === null ? `it has no ${manifestName}` : `its ${manifestName} cannot be read`}.`,
      'Name the folder of a backup that ended well; the manifest is written last.',
    );
  }
  const manifest = read.data;
  for (const name of databases) {
    if (!manifest.files.some(file => file.name === name)) throw damaged(folder, `${name} is not in it`);
  }
  for (const file of manifest.files) {
    const found = await described(folder, file.name).catch(() => null);
    if (!found) throw damaged(folder, `${file.name} is missing`);
    if (found.sha256 !== file.sha256) throw damaged(folder, `${file.name} is not as it was written`);
  }
  for (const name of databases) {
    const [problem] = problemsInCopy(join(folder, name));
    if (problem) throw damaged(folder, `${name} was damaged before it was copied (${problem})`);
  }
  return manifest;
}

/** Everything in a folder, itself left out, by its path from there with `/`. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Copies one file for its owner only, its bytes on disk when it resolves. */
export async function copyThrough(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, to);
  const handle = await open(to, 'r+');
  await handle.chmod(0o600);
  await handle.sync();
  await handle.close();
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const name of await filesIn(from)) {
    // Letters under way are written beside and then renamed.
    if (!(name.split('/').at(-1) ?? '').startsWith('.')) await copyThrough(join(from, name), join(to, name));
  }
}

async function described(folder: string, name: string): Promise<Manifest['files'][number]> {
  const file = join(folder, name);
  return { name, bytes: (await stat(file)).size, sha256: await digestOfFile(file) };
}

function makeEmpty(folder: string): void {
  let there: string[];
  try {
    makeFolder(folder);
    there = readdirSync(folder);
  } catch (error) {
    throw new Refusal(
      'backup-folder-unwritable',
      `The folder ${folder} cannot be made or read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      'Name another; the user that the server runs as has to have the right to write there.',
    );
  }
  if (there.length > 0) {
    throw new Refusal(
      'backup-folder-not-empty',
      `The folder ${folder} has something in it.`,
      'Name a folder that does not exist yet: each backup has its own.',
    );
  }
}

const damaged = (folder: string, what: string) =>
  new Refusal(
    'backup-damaged',
    `The backup ${folder} is damaged: ${what}.`,
    'Take an older backup. Nothing was restored.',
  );
