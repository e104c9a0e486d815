import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '#lib/refusal.ts';
import { runningServer } from './data-folder.ts';

const mark = 'made-by-demo';

/** Marks a folder as one that the next demo may empty. */
export const markScratch = (folder: string): void => writeFileSync(join(folder, mark), '');

/**
 * Empties the scratch folder of an earlier demo. Anything else is left as it is, a real data folder above all. One that a
 * demo still holds is refused later, by its lock. Refusals: `folder-not-scratch`, `data-unwritable`.
 */
export function emptyScratch(folder: string): void {
  if (runningServer(folder)) return;
  try {
    if (existsSync(folder) && !isScratch(folder)) {
      throw new Refusal(
        'folder-not-scratch',
        `The folder ${folder} holds files that no demo made, and a demo would delete them.`,
        'Name another folder with --data, one that does not exist yet.',
      );
    }
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      'data-unwritable',
      `The scratch folder ${folder} cannot be emptied (${(error as NodeJS.ErrnoException).code}).`,
      'Run the demo in a folder where you may write, or name another with --data.',
    );
  }
}

function isScratch(folder: string): boolean {
  const files = readdirSync(folder);
  return files.length === 0 || files.includes(mark);
}
