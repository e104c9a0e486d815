/**
 * Who bytes are for. `public`, `guest` and `crew` never see an amount; `payee` sees one person's own pay;
 * `owner` sees everything; `operator` runs the boats without the books; `machine` is a caller of ours answered in its own terms.
 */
export type Audience = 'public' | 'guest' | 'crew' | 'payee' | 'owner' | 'operator' | 'machine';

/** The audiences inside the money fence: their bytes are a function of non-money inputs only. */
export const fenced: ReadonlySet<Audience> = new Set(['public', 'guest', 'crew', 'operator']);
