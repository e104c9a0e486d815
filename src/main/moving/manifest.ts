import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import { pictureNamed } from '#photos/picture-files.ts';
import { digestOfFile, parsedManifest } from '../whole-folder.ts';
import { kinds, partOf } from './kinds.ts';

/** The format of an export. A program reads its own and those before it. */
export const exportFormat = 1;

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const bytes = z.int().min(0);

const manifestShape = z.object({
  format: z.literal(exportFormat),
  /** The program that wrote it. */
  gangway: z.string(),
  edition: z.enum(['embedded', 'aws']),
  /** The instant that the export shows, ISO 8601 UTC. */
  takenAt: z.iso.datetime(),
  /** By which it is known whether personal links will open: a digest of the key they are made with. */
  linkKey: digest,
  /** Those that have pages or bookings; a house that takes the export has to know them. */
  brands: z.array(z.string()),
  /** False: a look at a house without its books, which no house can be made of. */
  money: z.boolean(),
  /** What was not finished, and goes on in the house that takes it. */
  underWay: z.object({ letters: z.int(), runs: z.int(), deliveries: z.int() }),
  parts: z.array(z.object({ name: z.string(), records: z.int().min(0), bytes, sha256: digest })),
  pictures: z.array(
    z.object({
      name: z.string().refine(name => pictureNamed(name) !== null),
      bytes,
      sha256: digest,
    }),
  ),
});

/** What is in an export, written last: a folder without one is no export. */
export type Manifest = z.infer<typeof manifestShape>;

export const manifestName = 'export.json';

/** A digest by which two houses see whether they make links with the same key; the key cannot be worked out from it. */
export const linkKeyMark = (key: string): string => sha256(`gangway export, link key: ${key}`);

/** An export whose every byte is as it was written. `id` names it among all. */
export type CheckedExport = { readonly folder: string; readonly id: string; readonly manifest: Manifest };

/**
 * Reads an export through and holds it to its manifest. Changes nothing anywhere.
 * Refusals: `export-incomplete`, `export-newer`, `export-damaged`.
 */
export async function checkExport(folder: string): Promise<CheckedExport> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => null);
  const written = text === null ? null : parsedManifest(text);
  const format = (written as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > exportFormat)
    throw new Refusal(
      'export-newer',
      `${folder} was exported by a newer Gangway: its format is ${format}, this program reads ${exportFormat}.`,
      'Install that version of Gangway here, then import again. Nothing was changed.',
    );
  const read = manifestShape.safeParse(written);
  if (text === null || !read.success)
    throw new Refusal(
      'export-incomplete',
      `${folder} is not a whole export: ${text === null ? `it has no ${manifestName}` : `its ${manifestName} cannot be read`}.`,
      'Name the folder of an export that ended well; its manifest is written last. Nothing was changed.',
    );
  const manifest = read.data;
  const wanted = kinds.filter(({ side }) => side === 'open' || manifest.money).map(partOf);
  const listed = manifest.parts.map(({ name }) => name);
  const missing = wanted.find(name => !listed.includes(name));
  if (missing) throw damaged(folder, `${missing} is not in it`);
  const strange = listed.find(name => !wanted.includes(name));
  if (strange) throw damaged(folder, `${strange} is no part of an export`);
  for (const { name, sha256: expected } of [...manifest.parts, ...manifest.pictures]) {
    const found = await digestOfFile(join(folder, name)).catch(() => null);
    if (found === null) throw damaged(folder, `${name} is missing`);
    if (found !== expected) throw damaged(folder, `${name} is not as it was written`);
  }
  return { folder, id: sha256(text), manifest };
}

const damaged = (folder: string, what: string) =>
  new Refusal(
    'export-damaged',
    `The export ${folder} is damaged: ${what}.`,
    'Copy it anew from where it was made, or export again. Nothing was changed.',
  );
