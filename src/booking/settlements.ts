/** Somebody's word that a conflict is settled, though both claims stand: why both are meant. */
export type Settlement = {
  /** The name of the conflict; see `conflictName`. */
  readonly conflict: string;
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly why: string;
};

/** What people said to conflicts. A conflict whose times change has another name, and is open again. */
export interface Settlements {
  /** Keeps a word, over an earlier one about the same conflict. Idempotent. */
  settle(settlement: Settlement): Promise<void>;
  /** Takes the word back. Idempotent. */
  reopen(conflict: string): Promise<void>;
  /** What was said about a conflict, or null. Current. */
  find(conflict: string): Promise<Settlement | null>;
}
