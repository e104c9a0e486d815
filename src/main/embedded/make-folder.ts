import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and what is missing above it, readable by its owner only unless told. Returns what it made, the topmost first. Throws
 * what the file system says. Not `recursive`: where a folder is there and takes no other (`/proc`), Node tries for ever.
 */
export function makeFolder(path: string, mode = 0o700): readonly string[] {
  const folder = resolve(path);
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there?.isDirectory()) return [];
  if (there) throw Object.assign(new Error(`${folder} is no folder`), { code: 'ENOTDIR' });
  const above = dirname(folder) === folder ? [] : makeFolder(dirname(folder), mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Somebody else was faster.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && statSync(folder).isDirectory()) return above;
    throw error;
  }
  return [...above, folder];
}
