import type { Audience } from '#lib/audience.ts';

/** A mailbox as parts, never as a string to be parsed: that is where header injection lives. `name` may be empty. */
export type Address = { readonly name: string; readonly address: string };

/** A letter as the room that wrote it hands it to the post: addressed, and laid out (see `layOut`) as text and as HTML. */
export type Letter = {
  /**
   * Stable identity: the same id is the same letter, posted once and with one Message-ID however often it is tried.
   * E.g. `bkg_…/guest letter/guest@example.org/3`. A correction is another letter, so it needs another id.
   */
  readonly id: string;
  readonly audience: Exclude<Audience, 'public' | 'machine'>;
  /** Bookings or crew events it is about: the egress looks for their amounts. */
  readonly about: readonly string[];
  /** `invitation`, `change`, `cancel`, `welcome`, `reminder`, `thanks`, `summary`, `sign-in`… Lower case; travels in a header. */
  readonly kind: string;
  readonly from: Address;
  readonly replyTo?: Address;
  readonly to: Address;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where one POST ends letters of this kind (RFC 8058), http or https. Only for those that nobody needs. */
  readonly unsubscribe?: string;
  /** An iCalendar part (RFC 5546): mail programs offer to add, update or remove the event. */
  readonly invite?: { readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; readonly ics: string };
};
