import type { PictureFiles } from '#photos/picture-files.ts';
import type { Kind } from './kinds.ts';

/** A house that is taken elsewhere: an edition's records of every kind, and its pictures. */
export type Leaving = {
  readonly edition: 'embedded' | 'aws';
  /** Hands over every record, in any order. Refusal `export-not-quiet` where the house changed meanwhile. */
  records(take: (kind: Kind, record: object) => void): Promise<void>;
  readonly pictures: PictureFiles;
};

/** A house that takes over what another one was; what arrived is read back from it. */
export type Arriving = Leaving & {
  /**
   * Notes that the export of this id is being put in place, and says how far that is. Refusals `import-other-unfinished`,
   * `import-not-empty`, `data-not-empty`.
   */
  begin(id: string): Promise<Stage>;
  /** Puts some records in place. Idempotent. */
  put(kind: Kind, records: readonly object[]): Promise<void>;
  /** Notes that all of it is in place and was compared: what changes from now on is this house's own doing. */
  isPut(id: string): Promise<void>;
  /**
   * Makes pages and everything else that follows from what is there by now, with the post closed. Returns what could not
   * be made true. Nothing of it is lost in a cut.
   */
  catchUp(leftAt: string): Promise<CaughtUp>;
  /** It is whole: from now on it is a house as any other. */
  end(): Promise<void>;
};

/** `fresh`: nothing of it is here. `begun`: some may be. `put`: everything is, and only what follows from it was cut short. */
export type Stage = 'fresh' | 'begun' | 'put';

export type CaughtUp = {
  /** Letters that wait for a person. */
  readonly held: number;
  /** Statements that do not say what they should. */
  readonly drift: number;
};
