import type { ZonedTime } from '#lib/zoned.ts';
import type { BookingField, BookingId, ExternalName } from './booking.ts';

/**
 * One statement by a source about a booking. A booking is what the set of its messages adds up to: how often, in which
 * order and how late they come in makes no difference.
 */
export type Message = {
  /** Who says it: the id of a configured source, or `desk`. */
  readonly source: string;
  /** What the source calls the booking. The desk calls it by its booking id. */
  readonly externalId: string;
  /** Names this statement within its source for ever; the same one said again changes nothing. */
  readonly messageId: string;
  readonly kind: 'created' | 'changed' | 'cancelled';
  /** When it happened there: ISO 8601 UTC with milliseconds, so that texts compare as instants do. */
  readonly at: string;
  /** The source's own count of changes to this booking; where given it orders better than `at`. */
  readonly version?: number;
  /** The name under which the source knew this booking before: a reschedule told as cancel + create. */
  readonly replaces?: string;
  /** Desk only: the outside name this booking has, for one entered by hand that a source also knows. */
  readonly sameAs?: ExternalName;
  /** Desk only: names that turned out to be another trip's. They lead here no longer, until the desk says `sameAs` again. */
  readonly apart?: readonly ExternalName[];
  /** Desk only: the person who said so, for the timeline. */
  readonly by?: string;
  /** Desk only: the reason that person gave. */
  readonly why?: string;
  /**
   * What is said about the booking. A marketplace states the whole booking every time; the desk only what it changes.
   * A cancellation says nothing but that it is off: its fields are not read.
   */
  readonly fields: Fields;
};

export type Fields = {
  readonly vessel?: string;
  readonly status?: 'tentative' | 'confirmed';
  readonly start?: ZonedTime;
  readonly end?: ZonedTime;
  readonly guestName?: string;
  readonly guestEmail?: string | null;
  readonly guestPhone?: string | null;
  readonly partySize?: number;
};

/** The source that speaks for the operator. Each of its statements is meant, also one that repeats an earlier one. */
export const desk = 'desk';

/** The desk's name for a booking is its id. */
export const deskName = (id: BookingId): ExternalName => ({ source: desk, externalId: id });

export const bookingFields: readonly BookingField[] = [
  'vessel',
  'status',
  'start',
  'end',
  'guestName',
  'guestEmail',
  'guestPhone',
  'partySize',
];
