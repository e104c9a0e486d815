import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Makes the entries of a folder as durable as the files they name. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}

/**
 * Says that a folder is whole: its manifest is put in place when all that it lists, by paths from there, is on disk. Durable
 * when it resolves.
 */
export async function writeManifest(it: {
  folder: string;
  name: string;
  manifest: object;
  files: readonly { readonly name: string }[];
}): Promise<void> {
  const { folder, name, manifest, files } = it;
  const places = new Set(files.map(file => dirname(join(folder, file.name))));
  for (const place of [...places, folder]) await syncFolder(place);
  const fresh = join(folder, `.${name}`);
  const handle = await open(fresh, 'wx', 0o600);
  await handle.writeFile(`${JSON.stringify(manifest, null, 1)}\n`);
  await handle.sync();
  await handle.close();
  await rename(fresh, join(folder, name));
  await syncFolder(folder);
}

/** What a manifest says, or null where it is no JSON. */
export function parsedManifest(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** SHA-256 of a file's bytes, hex, without holding them all. */
export async function digestOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Takes away everything in a folder, itself left out: what was begun there did not become whole. */
export function emptyFolder(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}
