import sharp from 'sharp';
import { expect, it } from 'vitest';
import { seededRandom } from '#lib/random.ts';
import { encoded, pictureOf } from './encode.sharp.ts';

const random = seededRandom('noisy pictures');

/** No two pixels have anything in common: nothing is harder to make small. */
const noise = (width: number, height: number) => ({
  data: Buffer.from(random.bytes(width * height * 3, 'pixels')),
  info: { width, height, channels: 3 as const },
});

it.each([
  [800, 600],
  [800, 1600],
  [400, 1600],
  [799, 31],
])('makes nothing larger than it may be, of %i × %i pixels of noise', async (width, height) => {
  const picture = noise(width, height);
  for (const format of ['avif', 'webp', 'jpg'] as const)
    for (const most of [120_000, 40_000]) {
      const made = await encoded(picture, format, most);
      expect(made.byteLength).toBeLessThanOrEqual(most);
      const { width: w = 0, height: h = 0 } = await sharp(made).metadata();
      expect(Math.abs(w / h / (width / height) - 1)).toBeLessThan(0.1);
    }
});

it('leaves a picture that fits as large and as fine as it is', async () => {
  const picture = { ...noise(80, 60), data: Buffer.alloc(80 * 60 * 3, 90) };
  const made = await encoded(picture, 'jpg', 120_000);
  expect(made).toEqual(await pictureOf(picture).jpeg({ quality: 76, progressive: false }).toBuffer());
});
