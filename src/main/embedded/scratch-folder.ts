import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '#lib/refusal.ts';
import { runningServer } from './data-folder.ts';
import { makeFolder } from './make-folder.ts';

const mark = 'made-by-demo';

/**
 * Makes the scratch folder of a demo, empty and marked as one that the next demo may empty, however this one ends. What no
 * demo made is left as it is, a real data folder above all, unless it stands in the demo's own place (`isOwn`). One that a
 * demo still holds is refused later, by its lock. Refusals: `folder-not-scratch`, `data-unwritable`.
 */
export function freshScratch(folder: string, isOwn: boolean): void {
  if (runningServer(folder)) return;
  try {
    if (!isOwn && existsSync(folder) && !isScratch(folder)) {
      throw new Refusal(
        'folder-not-scratch',
        `The folder ${folder} holds files that no demo made, and a demo would delete them.`,
        'Name another folder with --data, one that does not exist yet.',
      );
    }
    rmSync(folder, { recursive: true, force: true });
    makeFolder(folder);
    writeFileSync(join(folder, mark), '');
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      'data-unwritable',
      `The scratch folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}).`,
      'Run the demo in a folder where you may write, or name another with --data.',
    );
  }
}

function isScratch(folder: string): boolean {
  const files = readdirSync(folder);
  return files.length === 0 || files.includes(mark);
}
