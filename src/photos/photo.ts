import type { BookingId } from '#booking/booking.ts';
import type { Random } from '#lib/random.ts';

export type PhotoId = `pho_${string}`;

/**
 * `expected`: granted, not all of it is here. `received`: whole and durable, not yet developed. `waiting`: developed, a
 * person has yet to look. `shown` and `hidden`: a person has. `doubled`: the same picture is here already, as `twin`.
 * `refused`: it is no picture we can use; `reason` says why and its bytes are gone. `withdrawn`: its sender took it back
 * before a person had looked; it is deleted two days after it was asked for.
 */
export type PhotoState =
  | 'expected'
  | 'received'
  | 'waiting'
  | 'shown'
  | 'hidden'
  | 'doubled'
  | 'refused'
  | 'withdrawn';

/** One picture of a trip. What it was called, where it was taken and with what is never kept. */
export type Photo = {
  readonly id: PhotoId;
  readonly booking: BookingId;
  /** Where the page hangs by which the guest sent it; null for what the crew sent. */
  readonly by: 'guest' | `crew:${string}`;
  readonly type: PhotoType;
  /** Bytes of the original, as granted. */
  readonly size: number;
  /** What the sender's device knows the file by, so that asking again goes on with the same one. */
  readonly mark: string;
  /** What the device that sent it has in hand to take it back; none for those from before there was such a thing. */
  readonly key?: string;
  readonly state: PhotoState;
  /** Why it was refused, as a code of `UploadWords`. */
  readonly reason: RefusalReason | null;
  /** The photo that shows the same picture. */
  readonly twin: PhotoId | null;
  /** SHA-256 of the original, hex, once it is whole. */
  readonly digest: string | null;
  /** Of the largest rendition, upright, in pixels. */
  readonly width: number | null;
  readonly height: number | null;
  /** When the camera says it was taken, ISO 8601 UTC; read with the vessel's zone where the camera names none. */
  readonly takenAt: string | null;
  readonly caption: string;
  /** The sender said that children can be recognised: whoever approves is told. */
  readonly minors: boolean;
  /** When the sender agreed that it is shown on the page, ISO 8601 UTC. */
  readonly consentAt: string;
  readonly askedAt: string;
  readonly receivedAt: string | null;
  /** Somebody who can see the page asked for it to be taken down; it is hidden until a person decides. */
  readonly removalAskedAt: string | null;
  /** Who approved or hid it last. */
  readonly decidedBy: string | null;
};

/** What may be sent. HEIC is what an iPhone keeps where the browser does not convert it. */
export const photoTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif'] as const;
export type PhotoType = (typeof photoTypes)[number];

/** Why a file that arrived whole is not kept. */
export const refusalReasons = [
  'no-picture',
  'too-many-pixels',
  'too-heavy',
  'unreadable',
  'heic-unsupported',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** How much one page takes. */
export type PhotoLimits = {
  readonly perPage: number;
  readonly bytesPerPhoto: number;
  readonly bytesPerPage: number;
};

/** Above this nothing is decoded: a picture of few bytes can unfold to gigabytes. */
export const mostPixels = 50_000_000;

/** This decoder holds the whole picture at once: an iPhone's 24 million pixels fit. */
export const mostHeicPixels = 25_000_000;

/** What counts against the limits of a page: what is there, or may be at any moment. */
export const countsOnPage = (state: PhotoState): boolean =>
  !['doubled', 'refused', 'withdrawn'].includes(state);

/** As pictures follow each other on a page: by when they were taken, else by when they came. */
export const inOrder = (a: Photo, b: Photo): number => {
  const [one, other] = [momentOf(a), momentOf(b)];
  return one < other ? -1 : one > other ? 1 : a.id < b.id ? -1 : 1;
};

const momentOf = (photo: Photo) => photo.takenAt ?? photo.receivedAt ?? photo.askedAt;

/** What the id of a photo looks like. Everything that takes one from outside checks it against this. */
export const photoIdPattern = /^pho_[a-p]{20}$/;

/** A new id: 80 random bits in letters. Digits would now and then be somebody's amount, and the egress would hold the page back. */
export const newPhotoId = (random: Random): PhotoId =>
  `pho_${Buffer.from(random.bytes(10, 'id pho'))
    .toString('hex')
    .replace(/\d/g, digit => 'ghijklmnop'.charAt(Number(digit)))}`;
