// How long a photo takes from a telephone's file to everything a page shows, beside sharp's own time for the same pictures.
// Time is that of the processor, all threads together: what one core would need. Invented picture, 12 megapixels.
import { statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { renditionPlan } from '../../src/photos/darkroom.ts';
import { develop } from '../../src/photos/develop.sharp.ts';
import { freshFolder } from '../gangway.js';

export async function photos({ row, saw }, { rounds }) {
  const folder = freshFolder();
  const original = join(folder, 'original');
  writeFileSync(original, await picture(4000, 3000));
  const ours = await best(rounds, async () => {
    const done = await develop({ original, renditions: folder });
    if (done.kind !== 'developed') throw new Error(done.kind);
  });
  const bare = await best(rounds, async () => {
    const bytes = await readFile(original);
    for (const { width, formats } of renditionPlan) {
      for (const format of formats) await encoded(sharp(bytes).autoOrient().resize({ width }), format);
    }
  });
  saw('photos', { share: bare / ours });
  const size = (statSync(original).size / 1e6).toFixed(1);
  row(
    `a photo of 12 MP (${size} MB) developed`,
    `${ours.toFixed(0)} ms of a core`,
    `${(bare / ours).toFixed(2)} of the rate of sharp alone, one rendition by one; goal 400 ms`,
  );
}

/** The least of several: what the machine does beside it only adds. */
async function best(rounds, work) {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

function encoded(picture, format) {
  if (format === 'avif') return picture.avif({ quality: 50, effort: 0 }).toBuffer();
  if (format === 'webp') return picture.webp({ quality: 72, effort: 0 }).toBuffer();
  return picture.jpeg({ quality: 76 }).toBuffer();
}

/** Noise at several scales: as much detail as a photograph, where one colour would be done at once. */
async function picture(width, height) {
  const noise = async scale => {
    const create = {
      width: Math.round(width / scale),
      height: Math.round(height / scale),
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    };
    const small = await sharp({ create }).png().toBuffer();
    return sharp(small)
      .resize(width, height, { kernel: 'cubic', fit: 'fill' })
      .png({ compressionLevel: 1 })
      .toBuffer();
  };
  let made = await noise(200);
  for (const scale of [40, 8]) {
    const layer = [{ input: await noise(scale), blend: 'overlay' }];
    made = await sharp(made).composite(layer).png({ compressionLevel: 1 }).toBuffer();
  }
  return sharp(made).jpeg({ quality: 90 }).toBuffer();
}
