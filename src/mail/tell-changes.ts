import type { Log } from '#platform/log.ts';
import type { Transaction } from '#platform/sqlite.ts';
import type { LetterRows, Untold } from './letter-rows.sqlite.ts';
import type { LetterState } from './post.ts';

/** Told of every change of a letter at least once, the latest state winning; after a crash perhaps again. */
export type OnLetterChange = (letterId: string, state: LetterState, error?: string) => void | Promise<void>;

/**
 * Takes down, inside the commit that says so, that a letter went out: for listeners whose own rows lie in the same file.
 * What it returns is called when the commit is made. Where it throws, the letter is told of like any other change.
 */
export type NoteSent = (tx: Transaction, letterId: string) => () => void;

const atOnce = 50;

/**
 * Tells what became of letters to those whose beliefs hang on it, from the table, so that no crash can lose a telling.
 * Resolves, once nothing is left to tell, to true; to false when somebody would not listen, to be tried again later.
 */
export function changeTeller(it: {
  rows: LetterRows;
  onChange: OnLetterChange | undefined;
  log: Log;
  nameInLog: (id: string) => string;
}) {
  const { rows, onChange, log, nameInLog } = it;
  let telling: Promise<boolean> | null = null;

  const tellOne = async (change: Untold): Promise<Untold | null> => {
    try {
      await onChange?.(change.id, change.state, change.error ?? undefined);
      return change;
    } catch (error) {
      log.error('a letter’s change was not taken', {
        letter: nameInLog(change.id),
        code: change.state,
        error,
      });
      return null;
    }
  };

  const tellAll = async (): Promise<boolean> => {
    try {
      for (;;) {
        const untold = rows.untold(atOnce);
        if (untold.length === 0) return true;
        const told = (await Promise.all(untold.map(tellOne))).filter(change => change !== null);
        await rows.markTold(told);
        if (told.length < untold.length) return false;
      }
    } catch (error) {
      log.error('the post could not use its table', { error });
      return false;
    } finally {
      // In the same turn as the last look at the table: a change after it starts another round.
      telling = null;
    }
  };

  return () => {
    // Begun a turn later: with nothing to tell it would end, and be forgotten, before it is remembered here.
    telling ??= Promise.resolve().then(tellAll);
    return telling;
  };
}
