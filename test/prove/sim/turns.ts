// In a simulation nothing waits for real time. What remains are turns of the event loop, and they are counted.

/** The durable SDK waits 20 ms before it suspends an execution: longer than a commit takes, so as many turns. */
const cooldownTurns = 6;

/** Runs `work` with short real timers turned into turns of the event loop, so that it is fast and repeats exactly. */
export async function inTurns<T>(work: () => Promise<T>): Promise<T> {
  const real = { set: globalThis.setTimeout, clear: globalThis.clearTimeout };
  const set = (then: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    // Half a second: the SDK's own look at who won a race, for its log.
    if (ms === 500) return handle();
    if (ms > 50) return real.set(then, ms, ...args);
    const timer = handle();
    let left = cooldownTurns;
    const turn = () => {
      if (timer.off) return;
      if (left-- > 0) setImmediate(turn);
      else then(...args);
    };
    setImmediate(turn);
    return timer;
  };
  const clear = (timer: unknown) => {
    if (timer && typeof timer === 'object' && 'off' in timer) timer.off = true;
    else real.clear(timer as NodeJS.Timeout);
  };
  globalThis.setTimeout = set as unknown as typeof setTimeout;
  globalThis.clearTimeout = clear as typeof clearTimeout;
  try {
    return await work();
  } finally {
    globalThis.setTimeout = real.set;
    globalThis.clearTimeout = real.clear;
  }
}

const handle = () => {
  const timer = { off: false, unref: () => timer, ref: () => timer, hasRef: () => false };
  return timer;
};

export const turn = () => new Promise<void>(resolve => setImmediate(resolve));

/** Resolves when nothing has happened for so many turns that nothing will by itself. */
export async function quiet(activity: () => number, enough = cooldownTurns + 4): Promise<void> {
  let seen = activity();
  for (let still = 0; still < enough; still++) {
    await turn();
    const now = activity();
    if (now !== seen) still = -1;
    seen = now;
  }
}
