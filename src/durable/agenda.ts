/** Something to be done at a time: time is data here, never a workflow that sleeps for weeks. */
export type Due = {
  /** What to do, in the words of the timeline: `remind guest a week before`. */
  readonly kind: string;
  /** The booking it is about. */
  readonly subject: string;
  /** ISO 8601 UTC. */
  readonly dueAt: string;
};

export interface Agenda {
  /**
   * Replaces everything still to come for a subject. What was already done for the same kind is not done again unless its
   * due time moved into the future. Idempotent.
   */
  replace(subject: string, dues: readonly Due[]): Promise<void>;
  /** What is due now and not done, oldest first. */
  due(limit: number): Promise<readonly Due[]>;
  /** Marks one as done. Idempotent. */
  done(due: Due): Promise<void>;
  of(subject: string): Promise<readonly (Due & { doneAt: string | null })[]>;
}
