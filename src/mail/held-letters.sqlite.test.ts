import { heldLettersContract } from './held-letters.contract.ts';
import { holdLetters, sqliteHeldLetters } from './held-letters.sqlite.ts';
import { office } from './post.testing.ts';

heldLettersContract({
  office,
  hold: ({ db }, since) => holdLetters(db, since),
  held: sqliteHeldLetters,
  leaveOnWire: async ({ db }) => {
    await db.write(tx => tx.run('UPDATE letters SET on_wire = 1'));
  },
});
