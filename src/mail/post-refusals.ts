import { Refusal } from '#lib/refusal.ts';
import type { LetterState } from './post.ts';

/** A letter that cannot be sent again: there is none (`letter-unknown`), or it is not on its way (`letter-not-waiting`). */
export const notWaiting = (state: LetterState | undefined): Refusal =>
  state === undefined
    ? new Refusal('letter-unknown', 'There is no such letter.', 'Open it from the list of letters.')
    : new Refusal(
        'letter-not-waiting',
        `This letter is ${state} and cannot be sent again.`,
        'Let the change or the desk write a new one.',
        { state },
      );
