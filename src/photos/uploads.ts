import type { Booking } from '#booking/booking.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { newSecret, type Random } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { epochOf, rangeText, type ZonedTime } from '#lib/zoned.ts';
import { type Said, type UploadWords, uploadEnglish } from '#ui/upload-words.ts';
import {
  newPhotoId,
  type Photo,
  type PhotoId,
  type PhotoLimits,
  type PhotoType,
  photoTypes,
} from './photo.ts';
import type { PhotoRecords } from './photo-records.ts';
import type { Grant, Landed, PhotoKey, PhotoStore, Received } from './photo-store.ts';
import type { PostFields } from './post-policy.ts';
import { kindOf } from './sniff.ts';
import { takingBack, unknownPhoto } from './take-back.ts';

export type UploadParts = {
  records: PhotoRecords;
  store: PhotoStore;
  limits: PhotoLimits;
  /** False where nothing is installed that opens pictures: then none is taken in. */
  canDevelop?: boolean;
  /** From when until when photos of a trip may be added. */
  windowOf: (booking: Booking) => { opens: ZonedTime; closes: ZonedTime };
  clock: Clock;
  random: Random;
  /** Told when a photo is whole, so that it is developed. */
  onReceived: () => void;
};

/** What a page asks to send. `mark` is what the device knows the file by. */
export type Asked = {
  readonly type: PhotoType;
  readonly size: number;
  readonly mark: string;
  readonly minors: boolean;
  readonly by: Photo['by'];
};

/** How an upload stands, as the page that sends it is told. `at` is how many bytes are here. */
export type UploadState = {
  readonly photo: PhotoId;
  readonly state: 'expected' | 'stored' | 'doubled' | 'refused' | 'withdrawn';
  /** A person has decided about it: it cannot be taken back any more. */
  readonly decided?: true;
  readonly at: number;
  /** Why it was refused, in a sentence, and what to do about it. */
  readonly reason?: string;
  readonly cure?: string;
};

/** Leave to send one file, and where to go on with it. */
export type UploadGrant = UploadState & Partial<Grant> & { readonly key?: string };

/**
 * Taking photos in: asked for at the moment of sending, decided here by the clock of the server, resumable at any byte.
 * What is refused is refused in the language of `words`.
 */
export function photoUploads(parts: UploadParts) {
  const { records, store, limits, clock } = parts;

  const refuseUnlessOpen = (booking: Booking, words: UploadWords) => {
    const { opens, closes } = parts.windowOf(booking);
    const now = clock.now();
    const refuse = ({ message, cure }: Said, data = {}) =>
      new Refusal('upload-not-open', message, cure, data);
    if (parts.canDevelop === false) throw refuse(words.noOpener);
    if (booking.status === 'cancelled') throw refuse(words.off);
    if (!booking.forgottenAt && epochOf(opens) <= now && now < epochOf(closes)) return epochOf(closes);
    const range = rangeText(opens, closes, words.locale);
    const said = now < epochOf(opens) ? words.early(range) : words.late(range);
    throw refuse(said, { opensAt: opens.at, closesAt: closes.at });
  };

  const standing = async (photo: Photo, words: UploadWords): Promise<UploadState> => {
    const key = { booking: photo.booking, photo: photo.id };
    const { state } = photo;
    if (state === 'expected') return { photo: photo.id, state, at: await store.arrived(key) };
    const ended = state === 'refused' || state === 'doubled' || state === 'withdrawn' ? state : 'stored';
    const why = photo.reason && words.refused[photo.reason];
    return {
      photo: photo.id,
      state: ended,
      at: photo.size,
      ...(state === 'shown' || state === 'hidden' ? { decided: true } : {}),
      ...(why ? { reason: why.message, cure: why.cure } : {}),
    };
  };

  /** What becomes of a file that is whole; null when it was forgotten with its trip while it came in. */
  const settle = async (photo: Photo, whole: Pick<Landed, 'digest' | 'head'>): Promise<Photo | null> => {
    const isPicture = kindOf(whole.head) !== null;
    const receivedAt = isoInstant(clock.now());
    const after = await records.change(photo.id, before =>
      before.state !== 'expected'
        ? null
        : isPicture
          ? { ...before, state: 'received', digest: whole.digest, receivedAt }
          : { ...before, state: 'refused', reason: 'no-picture', digest: whole.digest, receivedAt },
    );
    if (!isPicture || !after) await store.remove({ booking: photo.booking, photo: photo.id });
    else parts.onReceived();
    return after;
  };

  const ofTrip = async (booking: Booking, id: string, words: UploadWords): Promise<Photo> => {
    const photo = await records.find(id as PhotoId);
    if (photo?.booking === booking.id) return photo;
    throw unknownPhoto(words);
  };

  const { takeBack, putBack } = takingBack(parts);

  return {
    /**
     * Leave to send one file now. Asked again for the same file it goes on where it was, also from another device.
     * Refusals: `upload-not-open`, `upload-unusable`, `upload-quota`.
     */
    async ask(booking: Booking, asked: Asked, words = uploadEnglish): Promise<UploadGrant> {
      const closesMs = refuseUnlessOpen(booking, words);
      refuseUnusable(asked, limits, words);
      const admitted = await records.admit(expected(booking, asked), limits);
      if (admitted.kind === 'full') throw full(admitted.limit, limits, words);
      const photo = admitted.photo.state === 'withdrawn' ? await putBack(admitted.photo) : admitted.photo;
      const state = { ...(await standing(photo, words)), ...(photo.key ? { key: photo.key } : {}) };
      if (state.state !== 'expected') return state;
      const key = { booking: booking.id, photo: photo.id };
      return { ...state, ...(await store.grant(key, photo, clock.now(), closesMs)) };
    },

    /**
     * Takes bytes of a file from `from` on. What arrived before a cut counts; a second sender at the same time is told
     * so. Refusals: `upload-not-open`, `upload-forbidden`, `upload-elsewhere`, `photo-unknown`.
     */
    async receive(
      booking: Booking,
      id: string,
      fields: PostFields,
      part: { from: number; bytes: AsyncIterable<Uint8Array> },
      words = uploadEnglish,
    ): Promise<UploadState> {
      refuseUnlessOpen(booking, words);
      const photo = await ofTrip(booking, id, words);
      if (photo.state !== 'expected') return standing(photo, words);
      const key = { booking: booking.id, photo: photo.id };
      const took = (await store.receive?.(key, fields, part, clock.now())) ?? elsewhereOnly;
      if (took.kind === 'forbidden') {
        throw new Refusal(
          'upload-forbidden',
          'Leave to send this file has run out, or was for another one.',
          'Ask for it again: nothing that arrived is lost.',
          { why: took.why },
        );
      }
      if (took.kind === 'elsewhere') {
        throw new Refusal(
          'upload-elsewhere',
          'This file goes on at another place, or is being sent from somewhere else just now.',
          'Go on from `at`.',
          { at: took.at },
        );
      }
      if (took.kind === 'more') return { photo: photo.id, state: 'expected', at: took.at };
      return standing((await settle(photo, took)) ?? photo, words);
    },

    /** See `takingBack`. Refusals: `photo-unknown`, `photo-decided`. */
    async takeBack(
      booking: Booking,
      id: string,
      key: string,
      put: 'away' | 'back',
      words = uploadEnglish,
    ): Promise<UploadState> {
      return standing(await takeBack(await ofTrip(booking, id, words), key, put, words), words);
    },

    /**
     * Notes a file that came to its place past this program: told at least once, in any order, late as well. What no
     * record waits for is taken away again.
     */
    async landed(key: PhotoKey): Promise<void> {
      const photo = await records.find(key.photo);
      const isAwaited =
        photo?.booking === key.booking && photo.state !== 'refused' && photo.state !== 'doubled';
      if (!isAwaited) return store.remove(key);
      if (photo.state !== 'expected') return;
      const landed = await store.landed(key);
      if (landed?.size === photo.size) await settle(photo, landed);
      else if (landed) await store.remove(key);
    },

    /** How an upload stands. Refusal: `photo-unknown`. */
    state: async (booking: Booking, id: string, words = uploadEnglish): Promise<UploadState> =>
      standing(await ofTrip(booking, id, words), words),
  };

  function expected(booking: Booking, asked: Asked): Photo {
    const now = isoInstant(clock.now());
    return {
      id: newPhotoId(parts.random),
      booking: booking.id,
      by: asked.by,
      type: asked.type,
      size: asked.size,
      mark: asked.mark,
      key: newSecret(parts.random, 'photo', 128),
      state: 'expected',
      reason: null,
      twin: null,
      digest: null,
      width: null,
      height: null,
      takenAt: null,
      caption: '',
      minors: asked.minors,
      consentAt: now,
      askedAt: now,
      receivedAt: null,
      removalAskedAt: null,
      decidedBy: null,
    };
  }
}

export type PhotoUploads = ReturnType<typeof photoUploads>;

/** No bytes come through this program here, whatever is offered. */
const elsewhereOnly: Received = { kind: 'forbidden', why: 'posted elsewhere' };

const megabytes = (bytes: number) => `${Math.floor(bytes / 1e6)} MB`;

function refuseUnusable({ type, size }: Asked, { bytesPerPhoto }: PhotoLimits, words: UploadWords): void {
  const refuse = ({ message, cure }: Said) => new Refusal('upload-unusable', message, cure);
  if (!photoTypes.includes(type)) throw refuse(words.otherType);
  if (size <= 0) throw refuse(words.empty);
  if (size > bytesPerPhoto) throw refuse(words.tooLarge(megabytes(bytesPerPhoto)));
}

function full(
  limit: 'photos' | 'bytes',
  { perPage, bytesPerPage }: PhotoLimits,
  words: UploadWords,
): Refusal {
  const { message, cure } =
    limit === 'photos' ? words.manyPhotos(perPage) : words.manyBytes(megabytes(bytesPerPage));
  return new Refusal('upload-quota', message, cure);
}
