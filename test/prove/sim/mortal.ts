import type { Edge, Fate, Life } from './life.ts';

/** A process that can be ended at an edge. */
export type Mortal = Life & { readonly over: Promise<void> };

/** One process: `fateAt` says what happens at each edge, `onEnd` what its end does to the world. */
export function mortal(
  fateAt: (edge: Edge, what: string) => Fate,
  rest: {
    onEnd?: (how: Fate) => void;
    stirs?: () => void;
    writes?: Life['writes'];
  } = {},
): Mortal {
  let isOver = false;
  const { promise: over, resolve } = Promise.withResolvers<void>();
  return {
    over,
    isOver: () => isOver,
    stirs: rest.stirs ?? (() => {}),
    writes: rest.writes ?? (() => {}),
    boundary: fateAt,
    end(how) {
      isOver = true;
      rest.onEnd?.(how);
      resolve();
    },
  };
}
