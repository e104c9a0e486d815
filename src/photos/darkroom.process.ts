import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Clock, systemClock } from '#lib/clock.ts';
import type { Darkroom, Developed } from './darkroom.ts';
import type { Answer, Order } from './develop-worker.process.ts';

const restAfterMs = 30_000;

/** A process that keeps more than this after a picture does not open the next one: a heap of WebAssembly never shrinks. */
const mostKept = 160 * 2 ** 20;

/** Has glibc return what a picture took instead of keeping it for the next: 288 MB at most where it was 399. */
const givesBack = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};

/**
 * A darkroom in a process of its own, one picture at a time: what crashes there, or eats more than `megabytes`, or takes
 * longer than `seconds`, takes nothing with it. It is started by the first picture and goes when it has rested a while.
 * With the 110 MB of a program at rest it stays below half a gigabyte. Time is the machine's, because it guards the machine.
 */
export function processDarkroom(
  options: { megabytes?: number; seconds?: number; clock?: Clock; worker?: string } = {},
): Darkroom {
  const { megabytes = 384, seconds = 60, clock = systemClock, worker: file = entry() } = options;
  let child: ChildProcess | null = null;
  let tail: Promise<unknown> = Promise.resolve();
  let orders = 0;
  let isClosed = false;
  let goHome = () => {};

  const started = () => {
    child ??= fork(file, [String(megabytes * 2 ** 20)], {
      execArgv: ['--max-old-space-size=256', '--disable-warning=ExperimentalWarning'],
      // Nothing of ours is in its environment: secrets come by it.
      env: { PATH: '', NODE_ENV: 'production', ...givesBack },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'json',
    });
    return child;
  };

  const once = (place: { original: string; renditions: string }) =>
    new Promise<Developed>(resolve => {
      goHome();
      const worker = started();
      const order: Order = { id: ++orders, ...place };
      const done = (result: Developed) => {
        callOff();
        worker.off('message', onMessage);
        worker.off('exit', onExit);
        worker.off('error', onExit);
        goHome = clock.after(restAfterMs, () => end());
        resolve(result);
      };
      const onMessage = (answer: Answer) => {
        if (answer.id !== order.id) return;
        done(answer.result);
        if (answer.bytes > mostKept) end();
      };
      let isLate = false;
      const onExit = (code: number | Error | null, signal?: string) => {
        child = null;
        worker.kill('SIGKILL');
        // By its own guard, or by the kernel, which was short of memory before.
        if (signal === 'SIGKILL' && !isLate)
          return done({ kind: 'broken', why: 'it took too much memory', reason: 'too-heavy' });
        const why = code instanceof Error ? code.message : (signal ?? code);
        done({ kind: 'broken', why: `the darkroom ended (${why})` });
      };
      const callOff = clock.after(seconds * 1000, () => {
        isLate = true;
        worker.kill('SIGKILL');
      });
      worker.on('message', onMessage);
      worker.on('exit', onExit);
      worker.on('error', onExit);
      worker.send(order, error => {
        if (error) onExit(error);
      });
    });

  const end = () => {
    child?.kill();
    child = null;
  };

  return {
    develop(place) {
      const mine = tail.then(() => (isClosed ? { kind: 'broken' as const, why: 'closed' } : once(place)));
      tail = mine.catch(() => {});
      return mine;
    },
    async close() {
      isClosed = true;
      await tail;
      goHome();
      end();
    },
  };
}

/** Whether pictures can be opened here at all: what opens them is an optional dependency, 28 MB with its libraries. */
export function canDevelop(): boolean {
  try {
    createRequire(import.meta.url).resolve('sharp');
    return true;
  } catch {
    return false;
  }
}

/** The worker stands beside this file in a checkout, and under its own name beside the bundle. */
function entry(): string {
  const here = import.meta.url;
  return fileURLToPath(
    new URL(here.endsWith('.ts') ? './develop-worker.process.ts' : './photo-worker.js', here),
  );
}
