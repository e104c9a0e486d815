// A copy of the program with a fault planted in it, told stories until one breaks a promise. Prints what it saw as JSON.
import type { Proven } from '../prove.ts';
import { together } from '../prove.ts';
import { sliceAtCounter } from './counter-histories.ts';
import { sliceOf } from './histories.ts';
import { disksOfThisProcess } from './stories.ts';

/** Enough to find a short story, and not so many that it takes long. */
const shrinkTries = 80;

const [stories = 'counter', from = '0', to = '1'] = process.argv.slice(2);
let seen: Proven = together([]);
for (let seed = Number(from); seed < Number(to) && seen.violations.length === 0; seed++) {
  const one =
    stories === 'counter'
      ? await sliceAtCounter(seed, seed + 1, shrinkTries)
      : await sliceOf(seed, seed + 1, disksOfThisProcess(), shrinkTries);
  seen = together([seen, one]);
}
process.stdout.write(JSON.stringify(seen), () => process.exit(0));
