import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { buildVictim } from '../disk/victims.ts';
import type { Proven, Violation } from '../prove.ts';
import { inSlices } from '../slices.ts';
import { type PlantedFault, plantedFaults } from './planted.ts';

const run = promisify(execFile);

/** So many stories are told to a copy at most. The gate tells far more. */
const most = { counter: 4_000, whole: 200 };

/** The simulator itself put to the test: what it does not notice, its histories do not show. */
export const planted = inSlices({
  name: 'planted-faults',
  promise: 'The simulator notices a mistake in the program, and finds a short story that shows it.',
  unit: 'planted faults',
  gate: plantedFaults.length,
  full: plantedFaults.length,
  chunk: 1,
  async slice(from, to) {
    const violations: Violation[] = [];
    const notes: string[] = [];
    let histories = 0;
    for (let seed = from; seed < to; seed++) {
      const fault = plantedFaults[seed % plantedFaults.length] as PlantedFault;
      const { done, violations: found } = await tellTo(fault);
      histories += done;
      const [first] = found;
      if (first) notes.push(`${fault.what}: ${inShort(first)}`);
      else violations.push({ seed, what: `not noticed in ${done} histories: ${fault.what}` });
    }
    return { done: to - from, figures: { 'histories told': histories }, violations, notes };
  },
});

/** Tells stories to a copy of the program with the fault in it, up to the first that breaks a promise. */
export async function tellTo(fault: PlantedFault): Promise<Proven> {
  const [node = '', ...start] = await buildVictim('sim/faulty', [fault]);
  try {
    const { stdout } = await run(node, [...start, fault.stories, '0', String(most[fault.stories])], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return JSON.parse(stdout) as Proven;
  } finally {
    rmSync(start.at(-1) ?? '', { force: true });
  }
}

/** The broken promise, and how short the story became. */
function inShort({ seed, what, history = [] }: Violation): string {
  const doings = history.filter(line => line.startsWith('{')).length;
  const faults = history.filter(line => /^(commit|send|publish) \d/.test(line)).length;
  return `${what.split(';')[0]?.slice(0, 100)} (seed ${seed}${history.length > 0 ? `, down to ${doings} messages or acts and ${faults} faults` : ''})`;
}
