import type { SendPhotosWords } from '#ui/send-photos-words.ts';
import type { Phase } from './phase.ts';

/** What a sentence about a phase is made from. Times are the dock's: `15:30 PDT`. */
export type PhaseSaid = {
  readonly tentative: boolean;
  readonly boarding: string;
  readonly berth: string;
  readonly vessel: string;
};

/** Everything a guest page says by itself, in one language. A catalogue that lacks a word does not compile. */
export type PageWords = {
  readonly offline: string;
  readonly card: {
    readonly over: string;
    readonly welcome: string;
    readonly tentative: string;
    readonly boarding: string;
    readonly back: string;
    readonly party: string;
    readonly guests: (count: number) => string;
    readonly vessel: string;
    readonly calendar: string;
  };
  readonly where: {
    readonly title: string;
    readonly map: string;
    readonly maps: string;
    readonly weather: string;
    readonly tides: string;
  };
  readonly bring: string;
  readonly crew: {
    readonly title: string;
    readonly none: string;
    readonly captain: string;
    readonly crew: string;
  };
  readonly questions: string;
  /** How to reach the brand: before the phone, between phone and address, or before the address alone. */
  readonly contact: { readonly call: string; readonly orWrite: string; readonly write: string };
  readonly next: {
    readonly title: string;
    readonly from: (moment: string) => string;
    readonly steps: Readonly<Record<Phase, string>>;
    readonly says: Readonly<Record<Phase, (said: PhaseSaid) => string>>;
  };
  /** `#` is what is left, in `units`: one and many of each. */
  readonly countdown: string;
  readonly units: { readonly day: readonly [string, string]; readonly hour: readonly [string, string] };
  readonly photos: {
    readonly title: string;
    readonly from: string;
    readonly until: string;
    readonly orMail: string;
    readonly mail: string;
    readonly noScript: string;
    readonly photo: (number: number) => string;
    readonly takeDown: string;
    readonly atOnce: string;
    readonly viewer: string;
    readonly previous: string;
    readonly following: string;
    readonly close: string;
    /** Between the number of a photo and how many there are. */
    readonly of: string;
    readonly home: (count: number) => string;
    readonly rather: string;
    readonly send: SendPhotosWords;
  };
  readonly kept: {
    readonly revision: (revision: number) => string;
    readonly zone: (name: string) => string;
    readonly letters: string;
    readonly latest: (url: string) => string;
  };
  readonly wishes: {
    readonly title: string;
    readonly writeIn: string;
    readonly necessary: string;
    readonly save: string;
    readonly saved: string;
    readonly onlyNecessary: string;
    readonly back: string;
  };
  readonly sent: {
    readonly title: string;
    readonly lede: string;
    readonly none: string;
    readonly takeBack: string;
    readonly putBack: string;
    readonly noLine: string;
    readonly states: Readonly<
      Record<'expected' | 'stored' | 'decided' | 'withdrawn' | 'doubled' | 'refused', string>
    >;
  };
  readonly closed: Readonly<
    Record<'cancelled' | 'moved' | 'paused', { readonly title: string; readonly text: string }>
  > & {
    readonly newPage: string;
    readonly changed: (moment: string) => string;
  };
  readonly takenDown: { readonly title: string; readonly text: string; readonly slip: string };
  readonly missing: { readonly title: string; readonly text: string };
};
