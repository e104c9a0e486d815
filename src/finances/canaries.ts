import type { Audience } from '#lib/audience.ts';
import type { LedgerEntry } from './finance-store.ts';
import { decimalText, type Money, plus } from './money.ts';
import { spellings } from './spellings.ts';

/** An amount of a booking, and whose pay it is if it is anybody's. */
export type KnownAmount = { readonly decimal: string; readonly payee: string };

/** Whether what something is about is a booking itself; anything else is a crew event, or nothing known. */
export const isBooking = (aboutId: string): boolean => aboutId.startsWith('bkg_');

/**
 * How these amounts could be spelled, for the egress to look for. For a `payee` what this person earns is allowed, and
 * what that comes to: a letter or page names the person's id among what it is about. `publicWords` stand on pages
 * whatever a booking costs (telephone numbers, addresses): a spelling found in them proves nothing.
 */
export function needlesOf(
  amounts: readonly KnownAmount[],
  of: {
    about: readonly string[];
    audience: Audience;
    publicWords: string;
    /** Of what it is about, as they stand now; asked for a payee only. */
    ledgers: readonly LedgerEntry[];
  },
): readonly string[] {
  const { about, audience, publicWords } = of;
  const needles = new Set(
    amounts.flatMap(({ decimal }) => spellings(decimal)).filter(spelling => !publicWords.includes(spelling)),
  );
  if (audience !== 'payee') return [...needles];
  const own = amounts.filter(({ payee }) => about.includes(payee)).map(({ decimal }) => decimal);
  for (const decimal of [...own, ...sumsFor(about, of.ledgers)])
    for (const spelling of spellings(decimal)) needles.delete(spelling);
  return [...needles];
}

/** What whoever is named in `about` earns by each of these trips, and by all of them that are on. */
function sumsFor(about: readonly string[], ledgers: readonly LedgerEntry[]): string[] {
  const payIn = (entries: readonly LedgerEntry[]) =>
    entries
      .flatMap(({ lines }) => lines.filter(({ person }) => person !== null && about.includes(person)))
      .reduce<Money | null>((sum, { amount }) => (sum ? plus(sum, amount) : amount), null);
  const sums = [
    ...ledgers.map(entry => payIn([entry])),
    payIn(ledgers.filter(({ state }) => state !== 'reversed')),
  ];
  return sums.flatMap(sum => (sum ? [decimalText(sum)] : []));
}
