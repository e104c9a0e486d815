import type { Proof } from './prove.ts';
import { atTheDoor } from './security/at-the-door.ts';
import { forgeries } from './security/forgery.ts';

/** Every proof there is, in the order in which they run. */
export const proofs: readonly Proof[] = [forgeries, atTheDoor];
