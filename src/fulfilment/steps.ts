import type { Run } from '#durable/durable.ts';

/** How a step fares inside a run: failing ones are driven again later, they do not hold up the others. */
export type Fared = 'stated' | 'superseded' | 'failing';

/**
 * Runs a step and turns its final failure into a word, because one surface that cannot be reached must not keep the
 * others from speaking. Two quick retries ride out a hiccup; anything longer is the drive's business.
 */
export async function attempt(run: Run, name: string, work: () => Promise<Fared>): Promise<Fared> {
  try {
    return await run.step(name, work, {
      retryStrategy: (_error: Error, attemptsMade: number) =>
        attemptsMade < 3
          ? { shouldRetry: true, delay: { seconds: attemptsMade * 2 } }
          : { shouldRetry: false },
    });
  } catch {
    return 'failing'; // the reason stands in the belief, written by the step itself
  }
}
