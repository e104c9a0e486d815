/** The time as the program sees it. The only place where time passes, so that a test can move it. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
  /** Runs `work` once, not before `ms` have passed. Returns the way to call it off. Never keeps a process alive by itself. */
  after(ms: number, work: () => void): () => void;
}

const longestTimerMs = 2 ** 31 - 1;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    // A longer delay overflows and fires at once; waking early is harmless because callers re-check what is due.
    const timer = setTimeout(work, Math.max(0, Math.min(ms, longestTimerMs)));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** A clock that stands still until told to move; timers fire in order of their due time. */
export type SettableClock = Clock & {
  /** Moves forward, firing what falls due on the way, each at its own time. */
  advance(ms: number): void;
  /** Jumps to an instant (ISO 8601 or epoch ms), backwards included; due timers fire, none earlier than that. */
  set(to: string | number): void;
  /** When the next timer is due, in epoch ms, or null. */
  nextDue(): number | null;
};

export function settableClock(start: string | number): SettableClock {
  let now = toEpochMs(start);
  let serial = 0;
  const timers = new Map<number, { due: number; work: () => void }>();

  const next = () =>
    [...timers.entries()].sort(([a, x], [b, y]) => x.due - y.due || a - b).find(() => true) ?? null;

  const fireUpTo = (end: number) => {
    for (let first = next(); first && first[1].due <= end; first = next()) {
      timers.delete(first[0]);
      now = Math.max(now, first[1].due);
      first[1].work();
    }
  };

  return {
    now: () => now,
    after(ms, work) {
      const id = ++serial;
      timers.set(id, { due: now + Math.max(0, ms), work });
      return () => void timers.delete(id);
    },
    advance(ms) {
      const end = now + ms;
      fireUpTo(end);
      now = end;
    },
    set(to) {
      now = toEpochMs(to);
      fireUpTo(now);
    },
    nextDue: () => next()?.[1].due ?? null,
  };
}

const toEpochMs = (value: string | number): number => {
  const ms = typeof value === 'number' ? value : Date.parse(value);
  if (Number.isNaN(ms)) throw new TypeError(`not an instant: ${value}`);
  return ms;
};

let lastMs = Number.NaN;
let lastText = '';

/** An instant as ISO 8601 in UTC with milliseconds, the form in which instants are stored. One is asked for many times over. */
export function isoInstant(epochMs: number): string {
  if (epochMs !== lastMs) {
    lastText = new Date(epochMs).toISOString();
    lastMs = epochMs;
  }
  return lastText;
}

/** The same of an instant written in any way ISO 8601 allows: to the millisecond and in UTC, so that text compares as time does. */
export const exact = (at: string): string => isoInstant(Date.parse(at));
