import { isoInstant } from '#lib/clock.ts';

/**
 * What has to be made true, kept until it is. A drive aims a booking at a tag (its revision; for the books also the state
 * of its amounts); a run of the workflow reports back, and an incomplete one is driven again, later and later, until a person is needed.
 */
export type Drive = {
  readonly booking: string;
  /** What it aims at: changes when there is something new to make true. */
  readonly tag: string;
  /** Counts up for every start, so that each run has a name of its own. */
  readonly run: number;
  /** Runs at this tag that ended incomplete. */
  readonly tries: number;
  readonly state: 'driving' | 'waiting' | 'stuck' | 'done';
  /** When the next run is due, ISO 8601 UTC; null unless `waiting`. */
  readonly nextAt: string | null;
};

export interface Drives {
  find(booking: string): Promise<Drive | null>;
  /** Aims at a tag; starts over when the tag is new. Returns the drive, `driving` if a run should be started now. */
  aim(booking: string, tag: string): Promise<Drive>;
  /** A run ended. One that aimed at an older tag, or is not the latest run, changes nothing. */
  report(
    booking: string,
    tag: string,
    run: number,
    outcome: 'complete' | 'incomplete',
  ): Promise<Drive | null>;
  /** Drives whose waiting is over; each is moved on to its next run. */
  takeDue(limit: number): Promise<readonly Drive[]>;
  /** All that are under way: restarted by name after a crash, which costs nothing where the run is still known. */
  underWay(limit: number): Promise<readonly Drive[]>;
  /** Starts another run at the same tag now: somebody asked for it, or something beside the booking changed. Null if nothing was ever aimed at. */
  again(booking: string): Promise<Drive | null>;
  /** Drops the drive of a booking about which nothing is said any more. Idempotent. */
  forget(booking: string): Promise<void>;
  stuck(limit: number): Promise<readonly Drive[]>;
  /** Makes everything due that waits for its next run. */
  hurry(): Promise<void>;
  /** Gives up everything that waits for its next run, until a person asks for it; returns what that is. */
  shelve(): Promise<readonly Drive[]>;
}

/** Minutes before each further run; after the last one a person is asked. */
export const backoffMinutes = [1, 5, 15, 60] as const;

/** What each step makes of a drive, wherever drives are kept. The very same object back means that nothing changed. */
export const nextDrive = {
  aimed: (known: Drive | null, booking: string, tag: string): Drive =>
    known?.tag === tag
      ? known
      : { booking, tag, run: (known?.run ?? 0) + 1, tries: 0, state: 'driving', nextAt: null },
  reported(
    known: Drive | null,
    it: { tag: string; run: number; outcome: 'complete' | 'incomplete'; now: number },
  ): Drive | null {
    if (known?.tag !== it.tag || known.run !== it.run || known.state !== 'driving') return known;
    if (it.outcome === 'complete') return { ...known, state: 'done', nextAt: null };
    const minutes = backoffMinutes[known.tries];
    return minutes === undefined
      ? { ...known, tries: known.tries + 1, state: 'stuck', nextAt: null }
      : {
          ...known,
          tries: known.tries + 1,
          state: 'waiting',
          nextAt: isoInstant(it.now + minutes * 60_000),
        };
  },
  again: (known: Drive): Drive => ({ ...known, run: known.run + 1, state: 'driving', nextAt: null }),
};
