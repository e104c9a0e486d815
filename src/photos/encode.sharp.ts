import sharp, { type Sharp } from 'sharp';

/** Pixels as they are, without a format. */
export type Pixels = {
  readonly data: Buffer;
  readonly info: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 };
};

export type Format = 'avif' | 'webp' | 'jpg';

export const pictureOf = ({ data, info: { width, height, channels } }: Pixels): Sharp =>
  sharp(data, { raw: { width, height, channels } });

/** Shares of the quality that are tried before a picture is made smaller. */
const coarser = [1, 0.6, 0.3];

/**
 * A picture in a format, of `most` bytes at most: coarser where it would come out larger, and where that is not enough,
 * of fewer pixels, until it fits. Metadata stays behind: sharp writes none unless asked to.
 */
export async function encoded(pixels: Pixels, format: Format, most = Number.POSITIVE_INFINITY) {
  const share = coarser.at(-1) ?? 1;
  for (const each of coarser) {
    const made = await inFormat(pictureOf(pixels), format, each);
    if (made.byteLength <= most) return made;
  }
  for (let width = smaller(pixels.info.width); width > 0; width = smaller(width)) {
    const made = await inFormat(pictureOf(pixels).resize({ width }), format, share);
    if (made.byteLength <= most) return made;
  }
  throw new RangeError(`no picture has ${most} bytes`);
}

const smaller = (width: number) => Math.floor(width * 0.75);

function inFormat(picture: Sharp, format: Format, share: number): Promise<Buffer> {
  if (format === 'avif') return picture.avif({ quality: Math.round(50 * share), effort: 0 }).toBuffer();
  if (format === 'webp') return picture.webp({ quality: Math.round(72 * share), effort: 0 }).toBuffer();
  return picture.jpeg({ quality: Math.round(76 * share), progressive: false }).toBuffer();
}
