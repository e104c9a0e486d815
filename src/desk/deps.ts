import type { Child } from 'hono/jsx';
import type { StaffSession } from '#access/staff.ts';
import type { Endpoint } from '#announcements/announcement.ts';
import type { AnnouncementStore } from '#announcements/announcement-store.ts';
import type { NewBooking } from '#booking/add-booking.ts';
import type { Booking, BookingId, ExternalName, Origin } from '#booking/booking.ts';
import type { BookingStore } from '#booking/booking-store.ts';
import type { Conflicts } from '#booking/conflicts.ts';
import type { Correction } from '#booking/correct-booking.ts';
import type { DisputedField } from '#booking/disagreements.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Holds } from '#booking/holds.ts';
import type { Move } from '#booking/move-booking.ts';
import type { Done, Said } from '#booking/speak-for-desk.ts';
import type { SplitDone } from '#booking/split-booking.ts';
import type { CalendarStore } from '#calendar/calendar-store.ts';
import type { Papers } from '#crew/credentials.ts';
import type { CrewStore } from '#crew/crew-store.ts';
import type { Crewing } from '#crew/crew-up.ts';
import type { Agenda } from '#durable/agenda.ts';
import type { Beliefs } from '#fulfilment/beliefs.ts';
import type { Drives } from '#fulfilment/drives.ts';
import type { GuestWishes } from '#guest-page/guest-wishes.ts';
import type { FeedsIn } from '#intake/feeds-in/follow-feeds.ts';
import type { Correction as CorrectedDelivery, Delivery, DeliveryId, Inbox, Meant } from '#intake/inbox.ts';
import type { MailAccount } from '#intake/mail/mail-account.ts';
import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import type { Post } from '#mail/post.ts';
import type { Suppression } from '#mail/suppressed.ts';
import type { PhotoDecisions } from '#photos/decide-photos.ts';
import type { PhotoRecords } from '#photos/photo-records.ts';
import type { PhotoStore } from '#photos/photo-store.ts';
import type { Egress } from '#platform/egress.ts';
import type { CrewHands } from './crew-acts.ts';

/** What the desk needs of the other rooms, and no more. The composition fills it in. */
export type DeskDeps = {
  fleet: Fleet;
  clock: Clock;
  egress: Egress;
  /** The session a request comes with. Throws the refusal `sign-in-needed`. */
  requireStaff(request: Request): Promise<StaffSession>;
  random: Random;
  bookings: Pick<BookingStore, 'find' | 'at' | 'byName' | 'list' | 'messages' | 'parts' | 'count'>;
  /** The open surfaces only; the owner's are in `owner`. */
  beliefs: Pick<Beliefs, 'of' | 'troubled' | 'summary'>;
  /** When a failing booking is tried next. */
  drives: Pick<Drives, 'find'>;
  agenda: Pick<Agenda, 'of'>;
  crew: Pick<CrewStore, 'ofBooking' | 'audit'>;
  /** What is done to a crew by hand, and what is against somebody sailing. */
  crewHands: CrewHands & Pick<Crewing, 'faultOf'>;
  /** What everybody has to hold to sail. */
  papers: Papers;
  holds: Holds;
  conflicts: Conflicts;
  calendar: Pick<CalendarStore, 'list'>;
  /** Letters to guests and crew; those with amounts are in `owner`. */
  post: Pick<Post, 'list' | 'retry'>;
  /** How guests want to be written to. */
  wishes: Pick<GuestWishes, 'of'>;
  /** Addresses that letters came back from, and what a person decides about them. */
  mailTroubles: {
    list(filter: { limit: number }): Promise<readonly Suppression[]>;
    find(address: string): Promise<Suppression | null>;
    allow(address: string, by: string): Promise<Suppression>;
    keep(address: string, by: string, state?: 'kept' | 'open'): Promise<Suppression>;
  };
  /** What sources sent. The messages themselves are in `owner`. */
  inbox: Pick<Inbox, 'find' | 'held' | 'list' | 'discard'>;
  /** How a mail was read, without what is for the books; null for what is no mail. */
  account: (delivery: Delivery) => Promise<MailAccount | null>;
  /** What of a kept webhook a person may start from who says what it means. */
  meant: (delivery: Delivery) => Promise<Meant>;
  /** Marketplaces' calendars. */
  feeds: Omit<FeedsIn, 'follow'>;
  /** Photos of trips: what is known of each, what they look like, and what becomes of them. */
  photos: {
    decisions: Pick<PhotoDecisions, 'all' | 'put' | 'describe' | 'remove'>;
    find: PhotoRecords['find'];
    waiting: PhotoRecords['waiting'];
    rendition: PhotoStore['rendition'];
  };
  /** What the operator's own programs are told. */
  announcements: {
    endpoints: readonly Endpoint[];
    store: Pick<AnnouncementStore, 'list' | 'find' | 'disabled' | 'enable' | 'replay'>;
    /** Something is due. Not waited for. */
    nudge: () => void;
  };
  verbs: DeskVerbs;
  /** Ticks whenever a surface of the booking may have changed; ends when the signal aborts. */
  progress: (booking: string, signal: AbortSignal) => AsyncIterable<void>;
  /** Where a letter can be read as it was sent, if this edition has such a place. For owners: letters may be theirs. */
  letterUrl: (letter: string) => string | null;
  /** Reached only through `asOwner`. */
  owner: OwnerDesk;
};

/**
 * What staff can do to a booking, each kept as a word of theirs. A refusal is shown on the form; one with
 * `data.problems` (see `refusalOf`) at the fields it names.
 */
export type DeskVerbs = {
  add(entered: NewBooking, how: Said): Promise<Done>;
  move(booking: BookingId, to: Move, how: Said): Promise<Done>;
  correct(booking: BookingId, correction: Correction, how: Said): Promise<Done>;
  /** Takes one of the values that are said about a field for true. */
  decide(
    booking: BookingId,
    chosen: { field: DisputedField; origin: Pick<Origin, 'source' | 'message'> },
    how: Said,
  ): Promise<Done>;
  /** Says that two bookings are one trip. */
  merge(booking: BookingId, other: BookingId, how: Said): Promise<Done>;
  /** Says that two trips were taken as one, and why. */
  split(booking: BookingId, name: ExternalName, how: Said & { why: string; by: string }): Promise<SplitDone>;
  cancel(booking: BookingId, how: Said): Promise<Done>;
  /** Takes the desk's own cancellation back. */
  restore(booking: BookingId, how: Said): Promise<Done>;
  /** Erases the guest everywhere and for good. Safe to repeat. */
  forget(booking: BookingId): Promise<Booking>;
  /** Tries failing and stuck surfaces again now. */
  retry(booking: BookingId): Promise<void>;
  /** The same, and writes over what somebody changed in a calendar of the operator's own. */
  writeOver(booking: BookingId, by: string): Promise<void>;
  /** Reads a delivery again, now. Resolves to how it then stands. */
  rerun(delivery: DeliveryId, by: string): Promise<Delivery | null>;
  /** Reads a delivery as a person says it is meant. */
  correctDelivery(delivery: DeliveryId, meant: CorrectedDelivery, by: string): Promise<Delivery | null>;
};

/** Everything behind the money fence. */
export type OwnerDesk = {
  /** The owner's surfaces: ledger and letters with amounts. */
  beliefs: Pick<Beliefs, 'of' | 'troubled'>;
  drives: Pick<Drives, 'find'>;
  /** Letters to owners and captains. */
  post: Pick<Post, 'list' | 'retry'>;
  moneyPanel(booking: string): Promise<Child | null>;
  /** The statement of a month, `2027-05`. */
  monthStatement(month: string): Promise<Child | null>;
  monthCsv(month: string): Promise<string>;
  /** Messages as they came in: they may hold amounts and the guest's own words. */
  inbox: Pick<Inbox, 'body'>;
};
