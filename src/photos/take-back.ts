import { sha256 } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import type { UploadWords } from '#ui/upload-words.ts';
import type { Photo } from './photo.ts';
import type { PhotoRecords } from './photo-records.ts';

/** Taking a photo back by the device that sent it, and undoing that until it is deleted. */
export function takingBack({ records, onReceived }: { records: PhotoRecords; onReceived: () => void }) {
  const putBack = async (photo: Photo): Promise<Photo> => {
    const after = await records.change(photo.id, before =>
      before.state !== 'withdrawn'
        ? null
        : {
            ...before,
            state: before.digest === null ? 'expected' : before.width === null ? 'received' : 'waiting',
          },
    );
    if (after?.state === 'received') onReceived();
    return after ?? photo;
  };

  return {
    putBack,

    /**
     * Takes a photo back, by whoever has what its sending device was given, until a person has looked at it. Idempotent.
     * Refusals: `photo-unknown`, `photo-decided`.
     */
    async takeBack(photo: Photo, key: string, put: 'away' | 'back', words: UploadWords): Promise<Photo> {
      if (!photo.key || sha256(key) !== sha256(photo.key)) throw unknownPhoto(words);
      if (put === 'back') return putBack(photo);
      const after = await records.change(photo.id, before =>
        ['expected', 'received', 'waiting'].includes(before.state) ? { ...before, state: 'withdrawn' } : null,
      );
      if (after?.state === 'withdrawn') return after;
      throw new Refusal('photo-decided', words.decided.message, words.decided.cure);
    },
  };
}

/** Said alike of a photo that is not there and of one that somebody has no key of. */
export const unknownPhoto = ({ unknown }: UploadWords) =>
  new Refusal('photo-unknown', unknown.message, unknown.cure);
