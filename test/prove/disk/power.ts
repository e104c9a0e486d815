import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '#lib/digest.ts';
import type { Proven, Violation } from '../prove.ts';
import { diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';
import { type Whole, wrongAfterPowerLoss } from './crash-checks.ts';
import { type Contents, contentsOf, crashModel, layDown } from './crash-model.ts';
import { databasesSeen } from './databases.ts';
import { scratch } from './kills.ts';
import { type Outcome, recovered } from './look.ts';
import { type Op, record } from './recording.ts';
import { whereStraceIs } from './strace.ts';
import { buildVictim } from './victims.ts';

/** A recorded run: what it began with, what it did, and what was whole in it. */
export type Recorded = {
  readonly before: Contents;
  readonly ops: readonly Op[];
  readonly whole: Whole;
  readonly expected: Outcome;
};

/** How many disks that are only looked at there are for one that is also started on and played to its end. */
const lookedAtPerStart = 400;

/** F3: what the disk may hold after a power failure at any moment of the recorded run, each looked at before anything starts on it. */
export const powerLoss = whereStraceIs(
  inSlices({
    name: 'power-loss',
    promise:
      'When the power fails, what was acknowledged is there, pages and letters are whole, and all goes on.',
    unit: 'disks',
    gate: 25_000,
    full: 250_000,
    chunk: 2_500,
    async slice(from, to) {
      const [firstStart, trip] = await bothRecordings();
      return failPower(from, to, seed => (seed % 10 === 0 ? firstStart : trip));
    },
  }),
);

/** Fails the power once for each seed, at a moment and with a rest on the disk that follow from it. */
export async function failPower(
  from: number,
  to: number,
  recordingFor: (seed: number) => Recorded,
  how: 'also start' | 'only look' = 'also start',
): Promise<Proven> {
  const folder = scratch();
  const violations: Violation[] = [];
  let started = 0;
  const look = databasesSeen(folder);
  try {
    const seeds = new Map<Recorded, { seed: number; at: number }[]>();
    for (let seed = from; seed < to; seed++) {
      const recorded = recordingFor(seed);
      const moments = seeds.get(recorded) ?? [];
      seeds.set(recorded, [...moments, { seed, at: diceOf(seed).below(recorded.ops.length + 1) }]);
    }
    for (const [recorded, moments] of seeds) {
      const model = crashModel(recorded.before);
      const acked: string[] = [];
      let done = 0;
      for (const { seed, at } of moments.sort((a, b) => a.at - b.at)) {
        for (const op of recorded.ops.slice(done, at)) {
          if (op.do === 'say' && op.path.startsWith('ACK ')) acked.push(op.path.slice(4));
          model.go(op);
        }
        done = at;
        const contents = model.fail(diceOf(seed + 0.5));
        const wrong = wrongAfterPowerLoss(look, contents, acked, recorded.whole);
        if (how === 'also start' && wrong.length === 0 && seed % lookedAtPerStart === 0) {
          started++;
          const disk = join(folder, String(seed));
          mkdirSync(disk);
          layDown(contents, disk);
          wrong.push(...(await startedOn(disk, acked, recorded.expected)));
          rmSync(disk, { recursive: true, force: true });
        }
        if (wrong.length > 0)
          violations.push({ seed, what: wrong.join('; '), history: around(recorded.ops, at) });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { done: to - from, figures: { 'also played to the end': started }, violations };
}

const startedOn = (disk: string, acked: readonly string[], expected: Outcome) =>
  recovered(disk, acked, expected).then(
    ({ wrong }) => wrong,
    (error: unknown) => [`it does not start: ${error instanceof Error ? error.message : String(error)}`],
  );

const around = (ops: readonly Op[], at: number) =>
  ops
    .slice(Math.max(0, at - 12), at)
    .map(op => `${op.do} ${op.path}${op.do === 'write' ? ` ${op.at} +${op.bytes.length}` : ''}`);

let recordings: Promise<readonly [Recorded, Recorded]> | undefined;

function bothRecordings() {
  recordings ??= buildVictim().then(
    async victim => [await recordRun(victim, 'first start'), await recordRun(victim, 'trip')] as const,
  );
  return recordings;
}

/** Records the script, from an empty folder or on one that was started on before. A mutant need not come out right. */
export async function recordRun(
  victim: readonly string[],
  what: 'first start' | 'trip',
  who: 'program' | 'mutant' = 'program',
): Promise<Recorded> {
  const folder = scratch();
  try {
    if (what === 'trip') await record([...victim, folder, '--start-only'], folder);
    const before = contentsOf(folder);
    const ops = await record(victim, folder);
    const whole = wholeIn(before, ops);
    if (who === 'mutant') return { before, ops, whole, expected: {} };
    const { wrong, outcome } = await recovered(folder, [], null);
    if (wrong.length > 0) throw new Error(`the recorded run is wrong: ${wrong.join('; ')}`);
    return { before, ops, whole, expected: outcome };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every state in which a page or letter stood in its place. */
function wholeIn(before: Contents, ops: readonly Op[]): Whole {
  const whole = new Map<string, string[]>();
  const model = crashModel(before);
  for (const op of ops) {
    model.go(op);
    const path = op.do === 'rename' ? op.to : op.do === 'write' ? op.path : '';
    if (!/\.(?:html|eml)$/.test(path)) continue;
    whole.set(path, [...(whole.get(path) ?? []), sha256(model.seen(path))]);
  }
  return whole;
}
