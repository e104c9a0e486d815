/** Chance that repeats itself: the same seed throws the same. Fast and plain (mulberry32), for tests only. */
export type Dice = ReturnType<typeof diceOf>;

export function diceOf(seed: number) {
  let state = Math.imul((seed ^ (seed / 2 ** 32)) | 0, 0x9e3779b1) ^ 0x85ebca6b;
  const throwOne = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  throwOne();
  const dice = {
    /** From 0 up to but without 1. */
    part: throwOne,
    /** A whole number below `below`. */
    below: (below: number) => Math.floor(throwOne() * below),
    /** A whole number from `least` to `most`, both included. */
    between: (least: number, most: number) => least + Math.floor(throwOne() * (most - least + 1)),
    chance: (probability: number) => throwOne() < probability,
    pick: <T>(items: readonly T[]): T => items[Math.floor(throwOne() * items.length)] as T,
    /** Picks by weight. */
    weighed<T extends string>(weights: Readonly<Record<T, number>>): T {
      const entries = Object.entries(weights) as [T, number][];
      let left = throwOne() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of entries) {
        left -= weight;
        if (left < 0) return item;
      }
      return (entries.at(-1) as [T, number])[0];
    },
    shuffled<T>(items: readonly T[]): T[] {
      const all = [...items];
      for (let i = all.length - 1; i > 0; i--) {
        const j = dice.below(i + 1);
        [all[i], all[j]] = [all[j] as T, all[i] as T];
      }
      return all;
    },
  };
  return dice;
}
