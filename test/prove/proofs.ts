import type { Proof } from './prove.ts';

/** Every proof there is, in the order in which they run. */
export const proofs: readonly Proof[] = [];
