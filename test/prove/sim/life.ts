/** What can be done to the world: where a process can be cut off, or be told that something did not work. */
export type Edge = 'commit' | 'publish' | 'send';

/** What happens at an edge. `crash after` is after the effect and before anybody learns of it. */
export type Fate =
  | 'go'
  | 'crash before'
  | 'crash after'
  | 'power after'
  | 'full'
  | 'fail before'
  | 'fail after'
  | 'slow'
  | 'later'
  | 'later for all'
  | 'returned'
  | 'unclear, arrived'
  | 'unclear, lost'
  | 'throws';

/** One process of the simulation, from its start to its crash. What is left of it afterwards can touch nothing any more. */
export type Life = {
  isOver(): boolean;
  /** Asks what happens at this edge. */
  boundary(edge: Edge, what: string): Fate;
  /** Ends this process here and now. */
  end(how: Fate): void;
  /** Something happened, so it is not quiet yet. */
  stirs(): void;
  /** For the trace: a row is written. */
  writes(file: string, sql: string, values: readonly unknown[]): void;
};

/** Something that goes wrong: at the nth edge of a kind since the story began, whichever process comes to it. */
export type Fault = {
  readonly edge: Edge;
  readonly nth: number;
  readonly fate: Exclude<Fate, 'go'>;
  /** How long a slow answer takes or a disk stays full, in ms of the story's clock; what a power failure takes, 0 to 1. */
  readonly much: number;
};
