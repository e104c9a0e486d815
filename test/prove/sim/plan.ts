import type { Edge, Fate, Fault } from './life.ts';

/** What goes wrong in a story, as it comes due. */
export type Plan = ReturnType<typeof planOf>;

/** `now` is the story's clock: a full disk stays full for a while. */
export function planOf(faults: readonly Fault[], now: () => number) {
  const seen: Record<Edge, number> = { commit: 0, publish: 0, send: 0 };
  const fired: Fault[] = [];
  let fullUntil = 0;
  let overdue: Fault[] = [];
  let healed = false;

  const fateAt = (edge: Edge, nth: number): Fate => {
    if (healed) return 'go';
    if (now() < fullUntil && edge !== 'send') return 'full';
    const fault =
      faults.find(each => each.edge === edge && each.nth === nth) ??
      (edge === 'commit' ? overdue.shift() : undefined);
    if (!fault) return 'go';
    fired.push(fault);
    if (fault.fate === 'full') fullUntil = now() + fault.much;
    return fault.fate;
  };

  return {
    /** How many edges of each kind the story has come to. */
    seen,
    fired,
    /** What happens at the edge it comes to now. */
    next: (edge: Edge): Fate => fateAt(edge, seen[edge]++),
    /** How much the last fault takes, or how long. */
    much: () => fired.at(-1)?.much ?? 0,
    /**
     * Three things go wrong in every story. Those that were placed further on than it goes, each as something that happens
     * at the next write.
     */
    left: (): Fault[] =>
      faults
        .filter(fault => !fired.includes(fault))
        .slice(0, Math.max(0, Math.min(3, faults.length) - fired.length))
        .map(fault => (fault.edge === 'commit' ? fault : { ...fault, edge: 'commit', fate: 'crash after' })),
    /** At the next write this goes wrong; nothing does if it is null. */
    bring(fault: Fault | null) {
      fullUntil = 0;
      overdue = fault ? [fault] : [];
    },
    /** From here on nothing goes wrong. */
    heal() {
      healed = true;
    },
  };
}
