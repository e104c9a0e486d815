/** Chance that repeats: the same seed, the same numbers. */
export type Dice = {
  /** 0 to 1, 1 excluded. */
  next: () => number;
  /** Waiting time until the next of events that come `perSecond` on average, in seconds. */
  wait: (perSecond: number) => number;
  /** An index below `size`, the first ones far more often (Zipf). */
  zipf: (size: number) => number;
};

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    wait: perSecond => -Math.log(1 - next()) / perSecond,
    // The inverse of a logarithm: close to Zipf with exponent 1, without a table of sums.
    zipf: size => Math.min(size - 1, Math.floor(size ** next()) - 1),
  };
}

/** Moments of events within `seconds`, `perSecond` of them on average. */
export function arrivals({ wait }: Dice, perSecond: number, seconds: number): number[] {
  const found: number[] = [];
  for (let at = wait(perSecond); at < seconds; at += wait(perSecond)) found.push(at);
  return found;
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const whole = (value: number) => Math.round(value).toLocaleString('en-US');
