import { Refusal } from '#lib/refusal.ts';

/**
 * Why something said about a booking cannot be taken as it stands, and what a person can do about it. Quarantines a
 * delivery; refuses a form or a command. Safe to show to the operator: never holds an amount or a source's free text.
 */
export type Problem = {
  /** The booking's field, or the path in the source's own payload where no field of ours answers to it. */
  readonly field: string;
  readonly code: string;
  readonly reason: string;
  readonly cure: string;
  /** Readings a person can choose from, ready to be typed back. */
  readonly choices?: readonly string[];
};

/** The problems as one refusal: the first gives the code, all stand in `data.problems`. */
export function refusalOf(problems: readonly [Problem, ...Problem[]]): Refusal {
  const [first, ...others] = problems;
  const alsoWrong = others.length > 0 ? ` Also: ${others.map(problem => problem.reason).join(' ')}` : '';
  return new Refusal(first.code, first.reason + alsoWrong, first.cure, { problems });
}

export const isNotEmpty = <T>(items: readonly T[]): items is readonly [T, ...T[]] => items.length > 0;
