import type { Audience } from '#lib/audience.ts';

/** An address as parts, never as a string to be parsed: that is where header injection lives. */
export type Address = { readonly name: string; readonly address: string };

/** What a letter says, before it is laid out. Rendered to both text and HTML from the same parts. */
export type Letter = {
  /** Stable identity: the same id is the same letter, sent at most once (same Message-ID on retry). E.g. `bkg_…/guest letter/guest@example.org/3`. */
  readonly id: string;
  readonly audience: Exclude<Audience, 'public' | 'machine'>;
  /** Bookings or crew events it is about: the egress looks for their amounts. */
  readonly about: readonly string[];
  /** `invitation`, `change`, `cancel`, `welcome`, `reminder`, `thanks`, `summary`, `sign-in`… */
  readonly kind: string;
  readonly from: Address;
  readonly replyTo?: Address;
  readonly to: Address;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** An iCalendar part (RFC 5546): mail programs offer to add, update or remove the event. */
  readonly invite?: { readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; readonly ics: string };
};
