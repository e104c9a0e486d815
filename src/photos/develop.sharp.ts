import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import exifReader from 'exif-reader';
import sharp, { type Sharp } from 'sharp';
import { type CameraTime, type Developed, renditionPlan } from './darkroom.ts';
import { decodeHeic } from './heic.heic-decode.ts';
import { mostPixels } from './photo.ts';
import { kindOf } from './sniff.ts';

/** On a page at the width of a phone; a picture that comes out larger is encoded once more, coarser. */
const mostBytesOnPhone = 120_000;

sharp.cache(false);
// One picture at a time, and the server beside it keeps a core.
sharp.concurrency(1);
// Whoever sends a file does not choose its decoder: SVG, PDF, TIFF, GIF and whatever else was built in stay shut.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadHeif'],
});

/** Develops one original into a folder. For the darkroom's own process: it may crash, and it may eat. */
export async function develop({
  original,
  renditions,
}: {
  original: string;
  renditions: string;
}): Promise<Developed> {
  const bytes = await readFile(original);
  const kind = kindOf(bytes.subarray(0, 64));
  if (kind === null) return { kind: 'refused', reason: 'no-picture' };
  const facts = await factsOf(bytes);
  if (facts && facts.pixels > mostPixels) return { kind: 'refused', reason: 'too-many-pixels' };
  if (!facts && kind !== 'heic') return { kind: 'refused', reason: 'unreadable' };

  const opened = kind === 'heic' ? await decodeHeic(bytes) : { kind: 'ready' as const, picture: read(bytes) };
  if (opened.kind === 'refused') return opened;
  const large = await opened.picture
    .resize({ width: 1600, height: 1600, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(() => null);
  if (!large) return { kind: 'refused', reason: 'unreadable' };

  const { width, height, channels } = large.info;
  const raw = (data: Buffer, w: number, h: number) => sharp(data, { raw: { width: w, height: h, channels } });
  for (const { width: wanted, formats } of renditionPlan) {
    const scaled = await raw(large.data, width, height)
      .resize({ width: wanted, withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    for (const format of formats) {
      const picture = () => raw(scaled.data, scaled.info.width, scaled.info.height);
      let made = await encoded(picture(), format, 1);
      for (const share of [0.6, 0.3]) {
        if (wanted > 800 || made.byteLength <= mostBytesOnPhone) break;
        made = await encoded(picture(), format, share);
      }
      await writeFile(join(renditions, `${wanted}.${format}`), made, { mode: 0o600 });
    }
  }
  return { kind: 'developed', width, height, taken: facts?.taken ?? null };
}

const read = (bytes: Buffer): Sharp =>
  sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 }).autoOrient();

/** Metadata stays behind in every one of them: sharp writes none unless asked to. */
function encoded(picture: Sharp, format: 'avif' | 'webp' | 'jpg', share: number): Promise<Buffer> {
  if (format === 'avif') return picture.avif({ quality: Math.round(50 * share), effort: 0 }).toBuffer();
  if (format === 'webp') return picture.webp({ quality: Math.round(72 * share), effort: 0 }).toBuffer();
  return picture.jpeg({ quality: Math.round(76 * share), progressive: false }).toBuffer();
}

async function factsOf(bytes: Buffer): Promise<{ pixels: number; taken: CameraTime | null } | null> {
  try {
    const { width, height, exif } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return { pixels: width * height, taken: exif ? takenIn(exif) : null };
  } catch {
    return null;
  }
}

/** The only thing that is read of what a camera wrote. */
function takenIn(exif: Buffer): CameraTime | null {
  try {
    const { Photo: photo } = exifReader(exif);
    const at = photo?.DateTimeOriginal;
    if (!(at instanceof Date) || Number.isNaN(at.getTime())) return null;
    const offset = photo?.OffsetTimeOriginal;
    const isOffset = typeof offset === 'string' && /^[+-]\d\d:\d\d$/.test(offset);
    return { local: at.toISOString().slice(0, 19), offset: isOffset ? offset : null };
  } catch {
    return null;
  }
}
