import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import exifReader from 'exif-reader';
import sharp from 'sharp';
import { sha256 } from '#lib/digest.ts';
import { processDarkroom } from '#photos/darkroom.process.ts';
import { booking, photoWorld } from '#photos/photo-world.fixture.ts';
import type { Violation } from '../prove.ts';
import { diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';
import { basePictures, canary, hostileFile } from './hostile-pictures.ts';

/** Files from strangers: mutated, cut, bombs, two kinds at once, disguised, no pictures at all; and whole ones between them. */
export const hostilePhotos = inSlices({
  name: 'photos',
  promise:
    'No file that is sent as a photo breaks the program, and nothing of it but its pixels is ever stored for showing.',
  unit: 'files',
  gate: 1_000,
  full: 10_000,
  chunk: 250,
  async slice(from, to) {
    const root = mkdtempSync(join(tmpdir(), 'gangway-hostile-'));
    const limits = { perPage: 1e6, bytesPerPhoto: 5e6, bytesPerPage: 1e12 };
    const darkroom = processDarkroom({
      seconds: 20,
      worker: resolve('src/photos/develop-worker.process.ts'),
    });
    const world = photoWorld(root, darkroom, { limits });
    const bases = await basePictures();
    const violations: Violation[] = [];
    const figures: Record<string, number> = { shown: 0, refused: 0, 'GPS tags': 0, 'bytes as they came': 0 };
    const count = (name: string) => {
      figures[name] = (figures[name] ?? 0) + 1;
    };
    try {
      for (let seed = from; seed < to; seed++) {
        const { kind, bytes } = hostileFile(diceOf(seed), bases);
        count(kind);
        const wrong = (what: string) => violations.push({ seed, what: `${kind}: ${what}` });
        const sent = await world.send(bytes, `seed-${seed}`).catch((error: Error) => error);
        if (sent instanceof Error) {
          wrong(`it could not be sent: ${sent.message}`);
          continue;
        }
        await world.development.run();
        await world.development.run();
        const photo = await world.records.find(sent.photo);
        if (photo?.state === 'waiting') await world.decisions.put(booking.id, [photo.id], 'shown', 'prover');
        else if (photo?.state === 'refused' || photo?.state === 'doubled') {
          count('refused');
          if (world.files().some(file => file.includes(sent.photo))) wrong('something of it was kept');
          continue;
        } else {
          wrong(`it ended as ${photo?.state}`);
          continue;
        }
        count('shown');
        const made = world.files().filter(file => file.includes(sent.photo) && !file.endsWith('/original'));
        if (made.length !== 12) wrong(`${made.length} files were made`);
        for (const file of made)
          for (const what of await remainsIn(file, bytes)) {
            count(what);
            wrong(`${what} in ${file.slice(root.length)}`);
          }
        if (kind === 'bomb') wrong('it was unfolded');
      }
      const tags = byExiftool(root);
      if (tags === null) figures['slices without exiftool'] = 1;
      else if (tags !== '') violations.push({ seed: from, what: `exiftool finds ${tags.slice(0, 300)}` });
    } finally {
      await darkroom.close();
      rmSync(root, { recursive: true, force: true });
    }
    return { done: to - from, figures, violations };
  },
});

/** What of the file that was sent is left in one that was made from it. */
export async function remainsIn(file: string, sent: Buffer): Promise<string[]> {
  const bytes = readFileSync(file);
  const { exif, xmp, iptc, comments, format } = await sharp(bytes).metadata();
  const gps = exif && exifReader(exif).GPSInfo;
  const wanted = { '.jpg': 'jpeg', '.webp': 'webp', '.avif': 'heif' }[extname(file)];
  return [
    ...(gps ? ['GPS tags'] : []),
    ...(sha256(bytes) === sha256(sent) ? ['bytes as they came'] : []),
    ...(bytes.includes(canary) || bytes.includes('Quorl') ? ['words of the camera'] : []),
    ...(exif || xmp || iptc || comments ? ['metadata'] : []),
    ...(format === wanted ? [] : ['another kind of picture']),
  ];
}

/** What exiftool reads of places and people in everything that was made; null where it is not installed. */
function byExiftool(root: string): string | null {
  try {
    const tags = ['-GPS:all', '-XMP:all', '-IPTC:all', '-Artist', '-Model', '-Comment'];
    return execFileSync('exiftool', ['-r', '-q', '-q', ...tags, '-ext', '*', join(root, 'public')], {
      encoding: 'utf8',
      maxBuffer: 64e6,
    }).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
