import { type CarriedByTable, carriedItems } from '#platform/carried.ts';
import { keep } from '#platform/indexed.ts';
import type { CarriedLetter } from './carried.ts';
import type { Letter } from './letter.ts';
import { bodyAt, entries, type LetterRow, rowAt } from './letter-rows.dynamodb.ts';
import { suppressedAt, suppressedEntries } from './suppressed.dynamodb.ts';
import type { Suppression } from './suppressed.ts';

export const tableLetters: CarriedByTable<CarriedLetter> = {
  word: 'LETTER',
  async of(table, { sk, value }) {
    if (sk !== rowAt('').sk) return null;
    const { posted, tries, onWireUntil, toTell } = value as LetterRow;
    const unclear = Math.max(tries.unclear, onWireUntil === null ? 0 : 1);
    return {
      posted: { ...posted, mayHaveGone: posted.state !== 'sent' && (posted.mayHaveGone || unclear > 0) },
      tries: { ...tries, unclear },
      toTell,
      letter: await table.get<Letter>(bodyAt(posted.id)),
    };
  },
  put: (table, { posted, tries, toTell, letter }) =>
    table.unit(async unit => {
      if (letter) unit.put(bodyAt(posted.id), letter);
      const row: LetterRow = { posted, tries, onWireUntil: null, toTell };
      await keep(unit, rowAt(posted.id), row, entries);
    }),
};

export const tableSuppressions = carriedItems<Suppression>({
  word: 'SUPPRESSED-AT',
  at: ({ address }) => suppressedAt(address),
  entries: suppressedEntries,
});
