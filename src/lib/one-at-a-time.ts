/** Runs work for one key strictly in the order asked for, while other keys go on. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Runs work for one key strictly in the order asked for, while other keys go on. In this process only. */
export function oneAtATime(): InTurn {
  const tails = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = tails.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.then(
      () => {},
      () => {},
    );
    tails.set(key, settled);
    void settled.then(() => {
      if (tails.get(key) === settled) tails.delete(key);
    });
    return mine;
  };
}
