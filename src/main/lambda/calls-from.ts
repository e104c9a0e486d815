import type { Calls } from './calls.ts';
import { late } from './late.ts';
import type { Means } from './means.ts';

/** What other functions are asked for. */
export const callsFrom = (means: Means): Calls =>
  late(async () => (await import('./calls.ts')).callsOf(means));
