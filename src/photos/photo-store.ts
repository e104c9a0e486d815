import type { BookingId } from '#booking/booking.ts';
import type { PhotoId, PhotoType } from './photo.ts';
import type { PostFields } from './post-policy.ts';

/** Which photo, of which trip: everything about it lies under both. */
export type PhotoKey = { readonly booking: BookingId; readonly photo: PhotoId };

/** Leave to send one file, until `expiresAt` (ISO 8601 UTC). `fields` have to come along with it, as they are. */
export type Grant = {
  /** Where the file is posted to whole, as a form of these fields; null where it comes to this program in parts. */
  readonly url: string | null;
  readonly fields: PostFields;
  readonly expiresAt: string;
};

/** What an original turns out to be, read through. `head` is how it begins. */
export type Landed = { readonly size: number; readonly digest: string; readonly head: Uint8Array };

/** `at` is how many bytes are there. `elsewhere`: another sender is at it, or the file goes on at another byte. */
export type Received =
  | { readonly kind: 'more'; readonly at: number }
  | { readonly kind: 'whole'; readonly digest: string; readonly head: Uint8Array }
  | { readonly kind: 'elsewhere'; readonly at: number }
  | { readonly kind: 'forbidden'; readonly why: string };

/**
 * Takes bytes of an original from `from` on, as far as they come: what arrived before a cut stays. `whole` means
 * durable. Throws Unavailable `disk-full`, `photo-store-failed`.
 */
export type Receive = (
  key: PhotoKey,
  fields: PostFields,
  part: { from: number; bytes: AsyncIterable<Uint8Array> },
  nowMs: number,
) => Promise<Received>;

/** A picture as people get it. `name` is `{width}.{avif|webp|jpg}`. */
export type Rendition = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

/**
 * Where pictures lie. Originals and what nobody has approved are private; only what is shown is where the public can
 * reach it, and none of that is an original. A file comes in only under a grant for just this key, type and size.
 */
export interface PhotoStore {
  /** Leave to send one file. Never for longer than ten minutes. */
  grant(
    key: PhotoKey,
    file: { type: PhotoType; size: number },
    nowMs: number,
    untilMs: number,
  ): Promise<Grant>;
  /** How many bytes of an original are there. */
  arrived(key: PhotoKey): Promise<number>;
  /** What lies where an original is expected; null where nothing does. */
  landed(key: PhotoKey): Promise<Landed | null>;
  /** Where files come to this program; absent where senders post them past it. */
  readonly receive?: Receive;
  /** Has an original developed by whoever can read and write its place. */
  develop<T>(
    key: PhotoKey,
    work: (place: { original: string; renditions: string }) => Promise<T>,
  ): Promise<T>;
  /** A rendition, shown or not. For staff. */
  rendition(key: PhotoKey, name: string): Promise<Rendition | null>;
  /** Puts the renditions where guests can reach them. Idempotent. */
  show(key: PhotoKey): Promise<void>;
  /** Takes them away from there. Idempotent. */
  hide(key: PhotoKey): Promise<void>;
  /** What is where guests can reach it, or null. */
  shown(key: PhotoKey, name: string): Promise<Rendition | null>;
  /**
   * Lays a file down for a day and gives the address from which whoever has it can get it for ten minutes; the same file
   * under the same name is not written twice. Absent where answers may be as long as they like. What is hidden or taken
   * away takes the files of its trip along.
   */
  readonly handOut?: (
    booking: BookingId,
    file: { name: string; bytes: () => Promise<ReadableStream<Uint8Array>> },
    nowMs: number,
  ) => Promise<string>;
  /** Takes away everything of a photo. Idempotent. */
  remove(key: PhotoKey): Promise<void>;
  /** Takes away everything of a trip. Idempotent. */
  removeAll(booking: BookingId): Promise<void>;
}
