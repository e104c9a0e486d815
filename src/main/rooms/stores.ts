import type { DeviceStore } from '#access/device-store.ts';
import type { Links } from '#access/links.ts';
import type { ServiceKeyStore } from '#access/service-key-store.ts';
import type { SessionStore } from '#access/session-store.ts';
import type { AnnouncementStore } from '#announcements/announcement-store.ts';
import type { BookingStore } from '#booking/booking-store.ts';
import type { Claims } from '#booking/claims.ts';
import type { Settlements } from '#booking/settlements.ts';
import type { CalendarStore } from '#calendar/calendar-store.ts';
import type { FeedStore } from '#calendar/feed-store.ts';
import type { CrewStore } from '#crew/crew-store.ts';
import type { Agenda } from '#durable/agenda.ts';
import type { FinanceStore } from '#finances/finance-store.ts';
import type { Beliefs } from '#fulfilment/beliefs.ts';
import type { Drives } from '#fulfilment/drives.ts';
import type { GuestWishes } from '#guest-page/guest-wishes.ts';
import type { PageHost } from '#guest-page/page-host.ts';
import type { PageStore } from '#guest-page/page-store.ts';
import type { FeedInStore } from '#intake/feeds-in/feed-in-store.ts';
import type { Inbox } from '#intake/inbox.ts';
import type { HeldLetters } from '#mail/held-letters.ts';
import type { LetterState, Post } from '#mail/post.ts';
import type { Suppressed } from '#mail/suppressed.ts';
import type { OnLetterChange } from '#mail/tell-changes.ts';
import type { PhotoRecords } from '#photos/photo-records.ts';
import type { PhotoStore } from '#photos/photo-store.ts';
import type { Canaries, Egress } from '#platform/egress.ts';

/** What a post office is opened with, beside what it lies in. */
export type PostParts = {
  egress: Egress;
  onChange: OnLetterChange;
  /** Where the beliefs were settled without `onChange`, in the commit of the change: which bookings they are about. */
  onSettled: (state: LetterState, bookings: readonly string[]) => void;
  nameInLog?: (id: string) => string;
};

/** What both sides of the money fence have, each in its own place. */
export type SideStores = {
  beliefs: Beliefs;
  drives: Drives;
  post: (parts: PostParts) => Post;
  held: (post: Post) => HeldLetters;
};

/**
 * Stores whose writes a power failure may take back, because fulfilment says everything again until it counts as
 * fulfilled by a durable write. Where every write is durable these are the ordinary ones.
 */
export type ToldStores = {
  bookings: BookingStore;
  claims: Claims;
  crew: CrewStore;
  calendar: CalendarStore;
  links: Links;
};

/** Everything that is kept and knows no amount: what those get who speak to crew and guests. */
export type OpenStores = SideStores & {
  bookings: BookingStore;
  claims: Claims;
  settlements: Settlements;
  crew: CrewStore;
  calendar: CalendarStore;
  feeds: FeedStore;
  feedsIn: FeedInStore;
  pages: PageStore;
  wishes: GuestWishes;
  /** Addresses that letters came back from, of both sides: they say nothing of money. */
  suppressed: Suppressed;
  agenda: Agenda;
  photos: PhotoRecords;
  photoStore: PhotoStore;
  host: PageHost;
  links: Links;
  sessions: SessionStore;
  devices: DeviceStore;
  serviceKeys: ServiceKeyStore;
  /** Ids only: what is said to whom is made when it is sent. */
  announcements: AnnouncementStore;
  told: ToldStores;
};

/** What may hold amounts, and what could give one away. */
export type MoneyStores = SideStores & {
  inbox: Inbox;
  finances: FinanceStore;
  /** `publicWords`: what stands on pages whatever a booking costs. */
  canaries: (publicWords: string) => Canaries;
};

/** Where an edition keeps everything. */
export type Stores = {
  open: OpenStores;
  money: MoneyStores;
  /** Overwrites what is left of deleted records. */
  scrub: () => Promise<void>;
};
