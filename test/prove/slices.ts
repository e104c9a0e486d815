import { type Job, type Proof, type Proven, type Slice, together } from './prove.ts';

/** A proof whose cases do not depend on each other, so that they can be spread over processes. */
export type Sliced = Omit<Proof, 'run'> & {
  /** Cases handed out at a time, at most. */
  readonly chunk: number;
  /** Runs the cases of seeds `from` up to but without `to`. */
  slice(from: number, to: number): Promise<Proven>;
};

export type SlicedProof = Proof & Sliced;

/** Violations after which nothing further is begun: one is enough to look at. */
const enough = 3;

export function inSlices(sliced: Sliced): SlicedProof {
  return {
    ...sliced,
    async run({ count, seed, report, workers }: Job) {
      // No process is to wait for the only slice of another.
      const chunk = Math.min(sliced.chunk, Math.ceil(count / (workers?.count ?? 1)));
      const parts: Proven[] = [];
      let from = seed;
      let sum = together([]);
      const next = (): Slice | null => {
        if (from >= seed + count || sum.violations.length >= enough) return null;
        const slice = { from, to: Math.min(from + chunk, seed + count) };
        from = slice.to;
        return slice;
      };
      const seen = (proven: Proven) => {
        parts.push(proven);
        sum = together(parts);
        report(sum.done);
      };
      if (workers) await workers.spread(sliced.name, next, seen);
      else for (let slice = next(); slice; slice = next()) seen(await sliced.slice(slice.from, slice.to));
      return sum;
    },
  };
}
