import type { Audience } from '#lib/audience.ts';
import { spellings } from './spellings.ts';

/** An amount of a booking, and whose pay it is if it is anybody's. */
export type KnownAmount = { readonly decimal: string; readonly payee: string };

/** Whether what something is about is a booking itself; anything else is a crew event, or nothing known. */
export const isBooking = (aboutId: string): boolean => aboutId.startsWith('bkg_');

/**
 * How these amounts could be spelled, for the egress to look for. For a `payee` letter what this person earns is allowed:
 * the letter names the person's id among what it is about. `publicWords` stand on pages whatever a booking costs
 * (telephone numbers, addresses): a spelling found in them proves nothing.
 */
export function needlesOf(
  amounts: readonly KnownAmount[],
  { about, audience, publicWords }: { about: readonly string[]; audience: Audience; publicWords: string },
): readonly string[] {
  const needles = new Set(
    amounts.flatMap(({ decimal }) => spellings(decimal)).filter(spelling => !publicWords.includes(spelling)),
  );
  if (audience !== 'payee') return [...needles];
  const own = amounts.filter(({ payee }) => about.includes(payee));
  for (const { decimal } of own) for (const spelling of spellings(decimal)) needles.delete(spelling);
  return [...needles];
}
