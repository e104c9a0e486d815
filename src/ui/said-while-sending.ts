import type { SendPhotosWords } from './send-photos-words.ts';

/** Of the words about photos, what the script says while it sends; the rest stands in the form. */
export function saidWhileSending(words: SendPhotosWords) {
  const { consent: _consent, minors: _minors, add: _add, promise: _promise, ...said } = words;
  return said;
}

export type SaidWhileSending = ReturnType<typeof saidWhileSending>;

/** A squeezed script with the words that it knows as `SAID`. */
export const saying = (words: object, script: string): string =>
  `const SAID=${JSON.stringify(words).replaceAll('<', '\\u003c')};${script}`;
