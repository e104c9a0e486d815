import type { LetterState } from '#mail/post.ts';
import type { LetterOutcome } from './beliefs.ts';

/** What the post's word on a letter means for the beliefs that wait for it. A recalled letter means nothing: what replaced it speaks. */
export function letterOutcome(
  state: LetterState,
  error: string | undefined,
  at: string,
): LetterOutcome | null {
  switch (state) {
    case 'sent':
      return { kind: 'sent', at };
    case 'returned':
      return { kind: 'returned', reason: error ?? 'The letter came back.', at };
    case 'waiting':
      return error === undefined ? null : { kind: 'waiting', reason: error, at };
    case 'recalled':
      return null;
  }
}
