import type { Board } from './converge.ts';
import type { Drives } from './drives.ts';

/** One side of the money fence: its board and its drives. The two sides share code and nothing else. */
export type Side = { board: Board; drives: Drives };
