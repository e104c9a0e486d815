/** Tells whoever is watching a booking that one of its surfaces may have changed. In this process only. */
export type ProgressBus = {
  tell: (booking: string) => void;
  /** Ticks at each telling until the signal aborts; tellings in quick succession may come as one. */
  watch: (booking: string, signal: AbortSignal) => AsyncIterable<void>;
};

export function progressBus(): ProgressBus {
  const watchers = new Map<string, Set<() => void>>();
  return {
    tell: booking => {
      for (const wake of watchers.get(booking) ?? []) wake();
    },
    async *watch(booking, signal) {
      let told = false;
      let wake = () => {};
      const onTold = () => {
        told = true;
        wake();
      };
      const mine = watchers.get(booking) ?? new Set();
      watchers.set(booking, mine.add(onTold));
      signal.addEventListener('abort', onTold, { once: true });
      try {
        while (!signal.aborted) {
          if (!told) {
            await new Promise<void>(resolve => {
              wake = resolve;
            });
          }
          told = false;
          if (!signal.aborted) yield;
        }
      } finally {
        mine.delete(onTold);
        if (mine.size === 0) watchers.delete(booking);
      }
    },
  };
}
