import type { BookingId } from '#booking/booking.ts';

/** What was published last for a booking on a brand. */
export type Publication = {
  readonly booking: BookingId;
  readonly brand: string;
  readonly slug: string;
  /** The digest of what the page says; null for a page that only says that it is closed. */
  readonly digest: string | null;
  /** SHA-256 of the page's bytes. */
  readonly etag: string;
  /** ISO 8601 UTC. */
  readonly at: string;
};

/** Which booking's page is where. Keyed by booking, and by brand and slug; nothing is ever scanned. */
export interface PageStore {
  /** The slug of a booking, for good: takes the proposal if it has none yet. Of two at once both get the first. */
  chooseSlug(booking: BookingId, proposal: string): Promise<string>;
  slugOf(booking: BookingId): Promise<string | null>;
  /** Notes a publication, replacing the one before on the same brand. Idempotent. */
  record(publication: Publication): Promise<void>;
  published(booking: BookingId, brand: string): Promise<Publication | null>;
  /** On every brand it ever had a page on. */
  publicationsOf(booking: BookingId): Promise<readonly Publication[]>;
  /** Whose page it is. Case counts, and a slug of another brand is unknown here. */
  bookingAt(brand: string, slug: string): Promise<BookingId | null>;
  /** Whose slug it is, on whatever brand and whether or not anything was published under it. */
  bookingOfSlug(slug: string): Promise<BookingId | null>;
  /** Drops everything about a booking, its slug included. Idempotent. */
  forget(booking: BookingId): Promise<void>;
}
