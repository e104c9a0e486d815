import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Proven, Violation } from '../prove.ts';
import { diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';
import { type Outcome, recovered } from './look.ts';
import { calls, changing, pathOfDescriptor, stringsIn, under, whereStraceIs } from './strace.ts';
import { buildVictim, compiledOnce } from './victims.ts';

/** A system call of the undisturbed run: the nth of its name on its path. */
type Place = { readonly name: string; readonly path: string; readonly nth: number };

const faults = ['signal=KILL', 'error=ENOSPC', 'error=EIO'] as const;

/**
 * F2: the real program as a process of its own, killed at a system call that changes the disk, or told there that the
 * disk is full or broken; then started again. Case i is the same for the same seed. Every place comes by in turn.
 */
export const kills = whereStraceIs(
  inSlices({
    name: 'kills',
    promise:
      'Killed at any system call, or failed by the disk there, nothing is lost and nothing happens twice.',
    unit: 'processes',
    gate: 600,
    full: 10_000,
    chunk: 20,
    async slice(from, to) {
      const { victim, places, expected } = await rehearsed();
      const figures = {
        killed: 0,
        'failed by the disk': 0,
        'ended undisturbed': 0,
        'killed again while starting': 0,
      };
      const violations: Violation[] = [];
      for (let seed = from; seed < to; seed++) {
        const seen = await oneCase(seed, victim, places, expected);
        figures.killed += seen.killed;
        figures['failed by the disk'] += seen.failed;
        figures['ended undisturbed'] += seen.undisturbed;
        figures['killed again while starting'] += seen.again;
        if (seen.wrong.length > 0)
          violations.push({ seed, what: seen.wrong.join('; '), history: seen.history });
      }
      return { done: to - from, figures, violations } satisfies Proven;
    },
  }),
);

/** In memory where there is such a folder: what a kill leaves does not depend on what is on a disk by then. */
export const scratch = (): string => {
  try {
    return mkdtempSync('/dev/shm/gangway-');
  } catch {
    return mkdtempSync(join(tmpdir(), 'gangway-'));
  }
};

let rehearsal:
  | Promise<{ victim: readonly string[]; places: readonly Place[]; expected: Outcome }>
  | undefined;

function rehearsed() {
  rehearsal ??= rehearse();
  return rehearsal;
}

/** Plays the script undisturbed: where it can be disturbed, and what it comes to. */
async function rehearse() {
  const victim = await buildVictim();
  const folder = scratch();
  const recording = `${folder}.strace`;
  try {
    const ended = await under(
      ['-y', '-xx', '-s', '4096', '-o', recording, '-e', `trace=${changing.join(',')}`],
      [...victim, folder],
      compiledOnce(),
    );
    if (!ended.out.includes('DONE')) throw new Error(`the undisturbed run failed: ${ended.out} ${ended.err}`);
    const places = placesIn(readFileSync(recording, 'utf8'), folder);
    const { wrong, outcome } = await recovered(folder, [], null);
    if (wrong.length > 0) throw new Error(`the undisturbed run is wrong: ${wrong.join('; ')}`);
    return { victim, places, expected: outcome };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(recording, { force: true });
  }
}

function placesIn(recording: string, folder: string): Place[] {
  const counted = new Map<string, number>();
  const places: Place[] = [];
  for (const { name, args } of calls(recording)) {
    if (name === 'close') continue;
    const path = pathOfDescriptor(args).startsWith(folder)
      ? pathOfDescriptor(args)
      : (stringsIn(args)[0] ?? '');
    if (!path.startsWith(folder)) continue;
    const key = `${name} ${path}`;
    const nth = (counted.get(key) ?? 0) + 1;
    counted.set(key, nth);
    places.push({ name, path: path.slice(folder.length), nth });
  }
  return places;
}

async function oneCase(seed: number, victim: readonly string[], places: readonly Place[], expected: Outcome) {
  const dice = diceOf(seed);
  const folder = scratch();
  const seen = {
    killed: 0,
    failed: 0,
    undisturbed: 0,
    again: 0,
    wrong: [] as string[],
    history: [] as string[],
  };
  const acked = new Set<string>();
  const play = async (inject: string[], what: string) => {
    const ended = await under(['-o', '/dev/null', ...inject], [...victim, folder], compiledOnce());
    for (const [, id] of ended.out.matchAll(/^ACK (\S+)$/gm)) acked.add(id as string);
    seen.history.push(`${what}: ${ended.out.trim().split('\n').join(', ')} ${ended.err.trim().slice(-300)}`);
    if (ended.isLate) seen.wrong.push('it hung');
    return ended;
  };
  try {
    // A stride that shares no divisor with the number of places meets all of them before any comes by again.
    const place = places[(seed * stride(places.length)) % places.length] as Place;
    const fault = faults[Math.floor(seed / places.length + seed) % faults.length] as string;
    const { out } = await play(
      ['-P', folder + place.path, ...injected(place.name, fault, place.nth)],
      `${fault} at ${place.name} ${place.path} ${place.nth}`,
    );
    if (out.includes('DONE') && fault === 'signal=KILL') seen.undisturbed++;
    else if (fault === 'signal=KILL') seen.killed++;
    else seen.failed++;
    // What goes over what a crash left is killed as well, now and then.
    for (let more = 0; !out.includes('DONE') && more < 2 && dice.chance(0.25); more++) {
      const name = dice.pick(['pwrite64', 'pwrite64', 'fdatasync', 'fsync', 'rename']);
      const nth = 1 + dice.below(name === 'pwrite64' ? 300 : 20);
      const again = await play(injected(name, 'signal=KILL', nth), `started again, killed at ${name} ${nth}`);
      if (again.out.includes('DONE')) break;
      seen.again++;
    }
    seen.wrong.push(...(await recovered(folder, [...acked], expected)).wrong);
  } catch (error) {
    seen.wrong.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return seen;
}

const injected = (name: string, fault: string, nth: number) => [
  '-e',
  `trace=${name}`,
  '-e',
  `inject=${name}:${fault}:when=${nth}`,
];

function stride(length: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  for (let step = Math.floor(length * 0.618); ; step++) if (divisor(step, length) === 1) return step;
}
