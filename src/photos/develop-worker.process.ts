import { systemClock } from '#lib/clock.ts';
import type { Developed } from './darkroom.ts';
import { develop } from './develop.sharp.ts';

/** What the darkroom's process is asked and answers. */
export type Order = { readonly id: number; readonly original: string; readonly renditions: string };
export type Answer = { readonly id: number; readonly result: Developed };

const most = Number(process.argv[2]);

/** Ends itself when it eats too much: whoever ordered sees it gone. */
function watch(): void {
  if (process.memoryUsage.rss() > most) process.exit(overMemory);
  systemClock.after(20, watch);
}

/** The exit code that says why. */
export const overMemory = 77;

if (process.send) {
  watch();
  process.on('message', (order: Order) => {
    void develop(order)
      .catch(
        (error: unknown): Developed => ({
          kind: 'broken',
          why: error instanceof Error ? error.message : 'unknown',
        }),
      )
      .then(result => process.send?.({ id: order.id, result } satisfies Answer));
  });
  process.on('disconnect', () => process.exit());
}
