import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { buildVictim } from '../disk/victims.ts';
import type { Proven, Violation } from '../prove.ts';
import { inSlices } from '../slices.ts';
import { crewLeaks } from './leaks/crew.ts';
import { guestLeaks } from './leaks/guest.ts';
import { houseLeaks, ownersLeaks } from './leaks/house.ts';
import type { PlantedLeak } from './leaks/leak.ts';
import { moneyPairs } from './pairs.ts';

/** Each is one way for money to get out that the comparison of pairs has to notice. */
export const plantedLeaks: readonly PlantedLeak[] = [
  ...crewLeaks,
  ...guestLeaks,
  ...houseLeaks,
  ...ownersLeaks,
];

const run = promisify(execFile);

/** The comparison of pairs itself put to the test: a copy of the program for each leak, told the stories of the gate. */
export const moneyLeaks = inSlices({
  name: 'money-leaks',
  promise: 'The proof about money notices a leak, wherever it is and however it is disguised.',
  unit: 'planted leaks',
  gate: plantedLeaks.length,
  full: plantedLeaks.length,
  chunk: 1,
  async slice(from, to) {
    const violations: Violation[] = [];
    const notes: string[] = [];
    let pairs = 0;
    for (let seed = from; seed < to; seed++) {
      const leak = plantedLeaks[seed % plantedLeaks.length] as PlantedLeak;
      const { done, violations: found } = await tellWith(leak);
      pairs += done;
      if (found[0]) notes.push(`${leak.what}: pair ${done}, ${found[0].what.slice(0, 160)}`);
      else violations.push({ seed, what: `not noticed in ${done} pairs: ${leak.what}` });
    }
    return { done: to - from, figures: { 'pairs told': pairs }, violations, notes };
  },
});

/** Plays the pairs of the gate with a leak planted, up to the first that differs; or only `most` at the counter. */
export async function tellWith(leak: PlantedLeak, most?: number): Promise<Proven> {
  const [node = '', ...start] = await buildVictim('fence/leaky', [leak]);
  const pairs = most === undefined ? [String(moneyPairs.gate)] : [String(most), 'counter'];
  try {
    const { stdout } = await run(node, [...start, '0', ...pairs], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return JSON.parse(stdout) as Proven;
  } finally {
    rmSync(start.at(-1) ?? '', { force: true });
  }
}
