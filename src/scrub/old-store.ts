/** One piece of an old record that may speak of money: its place, and what stands there. */
export type OldField = { readonly path: readonly (string | number)[]; readonly value: string | number };

export type OldRecord = { readonly key: string; readonly fields: readonly OldField[] };

/** What a field said and what it says instead; null takes the value away. */
export type Change = {
  readonly key: string;
  readonly path: readonly (string | number)[];
  readonly before: string | number | null;
  readonly after: string | number | null;
};

/** A store of crew events from before: a file, or a live table. Nothing is changed by reading it. */
export interface OldStore {
  /** For people: `events.json`, `the table crew-events`. */
  readonly what: string;
  records(): AsyncIterable<OldRecord>;
  /**
   * Makes one change where the field still says what it said; `conflict`, and nothing happens, where it does not. A file is
   * written by `finish`.
   */
  change(change: Change): Promise<'changed' | 'conflict'>;
  /** Durable when it resolves. Throws the refusal `scrub-file-changed` for a file that somebody else wrote meanwhile. */
  finish(): Promise<void>;
  /** Where the amounts still are once it is clean, one sentence each. */
  remains(): Promise<readonly string[]>;
}
