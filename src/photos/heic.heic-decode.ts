import sharp, { type Sharp } from 'sharp';
import { mostHeicPixels, type RefusalReason } from './photo.ts';

type Opened =
  | { readonly kind: 'ready'; readonly picture: Sharp }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

/**
 * The pixels of a HEIC file, upright. The decoder (libheif, LGPL; HEVC is laden with patents) is an optional dependency:
 * without it, HEIC is refused with that reason.
 */
export async function decodeHeic(bytes: Buffer): Promise<Opened> {
  const decoder = await loaded();
  if (!decoder) return { kind: 'refused', reason: 'heic-unsupported' };
  try {
    const images = await decoder.all({ buffer: bytes });
    try {
      const [image] = images;
      if (!image) return { kind: 'refused', reason: 'unreadable' };
      if (!(image.width * image.height <= mostHeicPixels))
        return { kind: 'refused', reason: 'too-many-pixels' };
      const { data, width, height } = await image.decode();
      const whole = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      return { kind: 'ready', picture: sharp(whole, { raw: { width, height, channels: 4 } }) };
    } finally {
      images.dispose();
    }
  } catch {
    return { kind: 'refused', reason: 'unreadable' };
  }
}

async function loaded() {
  try {
    return await import('heic-decode');
  } catch {
    return null;
  }
}
