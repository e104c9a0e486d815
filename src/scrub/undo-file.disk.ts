import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { Refusal } from '#lib/refusal.ts';
import type { Change } from './old-store.ts';
import type { KeepUndo } from './scrub.ts';

/**
 * A new file that takes every change before it is made (mode 0600: it holds the amounts). Each is on the disk when it
 * resolves. Throws the refusal `scrub-undo-exists` rather than write over one.
 */
export function openUndoFile(file: string): { keep: KeepUndo; close: () => void } {
  if (existsSync(file)) {
    throw new Refusal(
      'scrub-undo-exists',
      `${file} is there already.`,
      'Name another with --undo-file: an undo file is the only way back of the scrub that wrote it.',
    );
  }
  const out = openSync(file, 'wx', 0o600);
  return {
    async keep(change) {
      writeSync(out, `${JSON.stringify(change)}\n`);
      fsyncSync(out);
    },
    close: () => closeSync(out),
  };
}

/** The changes of an undo file, oldest first. Throws the refusal `scrub-file-unreadable`. */
export function readUndoFile(file: string): readonly Change[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => {
        const { key, path, before, after } = JSON.parse(line) as Change;
        if (typeof key !== 'string' || !Array.isArray(path)) throw new Error('a line is no change');
        return { key, path, before, after };
      });
  } catch (error) {
    throw new Refusal(
      'scrub-file-unreadable',
      `${file} is no undo file of a scrub (${(error as Error).message}).`,
      'Name the file that `gangway scrub --apply` wrote.',
    );
  }
}
