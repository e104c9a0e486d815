import { Worker } from 'node:worker_threads';
import type { Developed } from './darkroom.ts';
import { develop } from './develop.sharp.ts';

/** What the darkroom's process is asked and answers; `bytes` is what it then has in memory. */
export type Order = { readonly id: number; readonly original: string; readonly renditions: string };
export type Answer = { readonly id: number; readonly result: Developed; readonly bytes: number };

if (process.send) {
  const here = import.meta.url;
  const guard = here.endsWith('.ts') ? './memory-guard.thread.ts' : './photo-guard.js';
  new Worker(new URL(guard, here), {
    workerData: Number(process.argv[2]),
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 },
  });
  process.on('message', (order: Order) => {
    void develop(order)
      .catch(
        (error: unknown): Developed => ({
          kind: 'broken',
          why: error instanceof Error ? error.message : 'unknown',
        }),
      )
      .then(result => {
        const bytes = process.memoryUsage.rss();
        process.send?.({ id: order.id, result, bytes } satisfies Answer);
      });
  });
  process.on('disconnect', () => process.exit());
}
