export type GuestLetterKind = 'welcome' | 'change' | 'cancel';
export type GuestReminderKind = 'week before' | 'day before' | 'on the day' | 'thanks';

/** What a letter has to say, each piece in the reader's own way of writing dates; times are the dock's. */
export type Said = {
  readonly vessel: string;
  /** May be empty. */
  readonly firstName: string;
  readonly date: string;
  /** `15:30 PDT`. */
  readonly boarding: string;
  /** Date and both times. */
  readonly range: string;
  readonly berth: { readonly name: string; readonly address: string; readonly directions: string };
  readonly phone: string | null;
  /** One line each; may be empty. */
  readonly bring: string;
  /** How many photos stand on the page, and until when more may be added; null where none can be. */
  readonly photos: { readonly there: number; readonly until: string | null };
};

/** `paragraphs` may hold empty ones, which are left out. */
export type LetterWords = {
  readonly subject: string;
  readonly preheader: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
};

/** Everything a letter to a guest says, in one language. A catalogue that lacks a word does not compile. */
export type GuestWords = {
  readonly letters: Readonly<Record<GuestLetterKind | GuestReminderKind, (said: Said) => LetterWords>>;
  readonly labels: Readonly<
    Record<
      | 'date'
      | 'boarding'
      | 'back'
      | 'vessel'
      | 'berth'
      | 'openCard'
      | 'card'
      | 'openMap'
      | 'seePhotos'
      | 'weather'
      | 'tides'
      | 'wishes',
      string
    >
  >;
  readonly questions: (phone: string | null, email: string) => string;
  /** Why this letter came. */
  readonly why: (vessel: string) => string;
};
