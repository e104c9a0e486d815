import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bookedAt } from '../house.ts';
import type { Proven, Violation } from '../prove.ts';
import { inSlices } from '../slices.ts';
import { type Lived, live } from './live.ts';
import { type Outcome, recovered } from './look.ts';
import { trips } from './script.ts';
import { calls, changing, pathOfDescriptor, stringsIn, whereStraceIs } from './strace.ts';
import { buildVictim, compiledOnce } from './victims.ts';

/** A system call by which an undisturbed process changes its folder: the nth of its name in its thread, or on its path. */
type Place = { readonly name: string; readonly path: string | null; readonly nth: number };

const faults = ['signal=KILL', 'error=ENOSPC', 'error=EIO'] as const;

/** What all processes of one folder are told together. */
const messages = trips(3);

/** More processes than messages: one that is killed before it acknowledges anything leaves its message to the next. */
const most = 2 * messages.length;

/**
 * F2: the real server, behind a real port, killed at a system call that changes the disk, or told there that the disk is
 * full or broken. The next is started on what it left, told on, and killed in its turn; at the end of the trips everything
 * is compared with what undisturbed processes come to. Case i is the same for the same seed; every place comes by in turn.
 */
export const kills = whereStraceIs(
  inSlices({
    name: 'kills',
    promise:
      'Killed at any system call, or failed by the disk there, nothing is lost and nothing happens twice.',
    unit: 'data folders',
    gate: 150,
    full: 1_000,
    chunk: 10,
    async slice(from, to) {
      const rehearsed = await rehearsal();
      const figures = { processes: 0, killed: 0, 'failed by the disk': 0, 'not met': 0, 'while starting': 0 };
      const violations: Violation[] = [];
      for (let seed = from; seed < to; seed++) {
        const { lives, wrong } = await oneFolder(seed, rehearsed);
        for (const { fate, cameUp } of lives) {
          figures.processes++;
          figures[fate]++;
          if (!cameUp) figures['while starting']++;
        }
        if (wrong.length > 0)
          violations.push({ seed, what: wrong.join('; '), history: lives.map(({ story }) => story) });
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

type Rehearsed = {
  readonly server: readonly string[];
  /** Where a process can be disturbed that is to bring the nth message in. */
  readonly places: readonly (readonly Place[])[];
  readonly expected: Outcome;
};

let rehearsed: Promise<Rehearsed> | undefined;

function rehearsal() {
  rehearsed ??= rehearse();
  return rehearsed;
}

/** One undisturbed process for each message: where it can be disturbed, and what all come to. */
async function rehearse(): Promise<Rehearsed> {
  const server = await buildVictim('disk/server');
  const folder = scratch();
  try {
    const places: Place[][] = [];
    let now = Date.parse(bookedAt);
    for (const [n, message] of messages.entries()) {
      const lived = await live({
        ...{ server, folder, environment: compiledOnce(), now, seed: `${n} 0`, messages: [message] },
        more: ['--keep-compiled'],
        inject: ['-y', '-xx', '-s', '300', '-e', `trace=${changing.join(',')}`],
      });
      if (lived.wrong || lived.acked.length !== 1)
        throw new Error(`the undisturbed run failed: ${lived.story}`);
      places.push(placesIn(lived.recording, folder));
      now = after(lived);
    }
    const { wrong, outcome } = await recovered(folder, [], null, messages);
    if (wrong.length > 0) throw new Error(`the undisturbed run is wrong: ${wrong.join('; ')}`);
    return { server, places, expected: outcome };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Later than it can have been in a process when that ended: one whose disk failed waits for hours and says nothing. */
const after = ({ now }: Lived) => now + 3 * 3_600_000;

/** Everything that writes to its folder and nowhere else is counted by thread, as strace does; the rest on its path. */
function placesIn(recording: string, folder: string): Place[] {
  const counted = new Map<string, number>();
  const places: Place[] = [];
  for (const { name, args, thread } of calls(recording)) {
    if (name === 'close') continue;
    const path = pathOfDescriptor(args).startsWith(folder)
      ? pathOfDescriptor(args)
      : (stringsIn(args)[0] ?? '');
    const isInside = path.startsWith(folder);
    const byPath = ['openat', 'write'].includes(name);
    const key = byPath ? `${name} ${path}` : `${name} ${thread}`;
    const nth = (counted.get(key) ?? 0) + 1;
    counted.set(key, nth);
    if (isInside) places.push({ name, path: byPath ? path.slice(folder.length) : null, nth });
  }
  return places;
}

async function oneFolder(seed: number, { server, places, expected }: Rehearsed) {
  const folder = scratch();
  const lives: Lived[] = [];
  const wrong: string[] = [];
  const acked = new Set<string>();
  try {
    let now = Date.parse(bookedAt);
    for (let left = messages; left.length > 0 && lives.length < most; ) {
      const n = messages.length - left.length;
      const inject = disturbance(seed * most + lives.length, places[n] ?? [], folder);
      const lived = await live({
        ...{ server, folder, environment: compiledOnce(), now, inject, messages: left },
        seed: `${n} ${lives.length - n}`,
      });
      lives.push(lived);
      if (lived.wrong) wrong.push(lived.wrong);
      for (const id of lived.acked) acked.add(id);
      left = messages.filter(([id]) => !acked.has(id));
      now = after(lived);
    }
    wrong.push(...(await recovered(folder, [...acked], expected, messages)).wrong);
  } catch (error) {
    wrong.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { lives, wrong };
}

/** What strace does to the nth process of all. A stride that shares no divisor with the number of places meets each in turn. */
function disturbance(nth: number, places: readonly Place[], folder: string): string[] {
  const place = places[(nth * stride(places.length)) % places.length] as Place;
  const fault = faults[Math.floor(nth / places.length + nth) % faults.length];
  const where = place.path === null ? [] : ['-P', folder + place.path];
  return [...where, '-e', `trace=${place.name}`, '-e', `inject=${place.name}:${fault}:when=${place.nth}`];
}

function stride(length: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  for (let step = Math.floor(length * 0.618); ; step++) if (divisor(step, length) === 1) return step;
}
