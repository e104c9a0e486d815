import type { Log } from '#platform/log.ts';

/** Does one after the other, and the rest also where one fails; the first failure is thrown in the end, so that it shows. */
export async function each(log: Log, works: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const work of works) {
    await work().catch((error: unknown) => {
      log.error('a part of the tick broke', { error });
      failures.push(error);
    });
  }
  if (failures.length > 0) throw failures[0];
}
