import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import exifReader from 'exif-reader';
import sharp, { type Sharp } from 'sharp';
import { type CameraTime, type Developed, renditionPlan } from './darkroom.ts';
import { encoded, type Pixels, pictureOf } from './encode.sharp.ts';
import { decodeHeic } from './heic.libheif.ts';
import { mostPixels } from './photo.ts';
import { kindOf } from './sniff.ts';

/** On a page at the width of a phone, where one of them may be the largest thing that is painted. */
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

  const opened =
    kind === 'heic'
      ? await decodeHeic(bytes)
      : { kind: 'ready' as const, picture: read(bytes), giveBack: () => {} };
  if (opened.kind === 'refused') return opened;
  const large = await scaledDown(opened.picture).finally(opened.giveBack);
  if (!large) return { kind: 'refused', reason: 'unreadable' };

  for (const { width, formats } of renditionPlan) {
    const scaled = await pixelsOf(pictureOf(large).resize({ width, withoutEnlargement: true }));
    for (const format of formats) {
      const made = await encoded(scaled, format, width > 800 ? undefined : mostBytesOnPhone);
      await writeFile(join(renditions, `${width}.${format}`), made, { mode: 0o600 });
    }
  }
  const { width, height } = large.info;
  return { kind: 'developed', width, height, taken: facts?.taken ?? null };
}

/** As large as it is ever shown, and nothing but its colours; null for what cannot be read to its end. */
const scaledDown = (picture: Sharp): Promise<Pixels | null> =>
  pixelsOf(
    picture
      .resize({ width: 1600, height: 1600, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .toColourspace('srgb'),
  ).catch(() => null);

const pixelsOf = (picture: Sharp): Promise<Pixels> => picture.raw().toBuffer({ resolveWithObject: true });

const read = (bytes: Buffer): Sharp =>
  sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 }).autoOrient();

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
