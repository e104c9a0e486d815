import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decodeHeic } from './heic.libheif.ts';

const [width, height] = [101, 67];
const drawn = (name: string) => readFileSync(new URL(`../../test/pictures/${name}.heic`, import.meta.url));

/** How far the colours are from those that were drawn, in steps of 255, on average. */
function missedBy(pixels: Buffer, channels: number): number {
  let missed = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels;
      const colour = [x * 2, y * 3, 200 - x, x < 50 ? 255 : 120].slice(0, channels);
      colour.forEach((part, n) => {
        missed += Math.abs((pixels[at + n] ?? Number.NaN) - part);
      });
    }
  return missed / (width * height * channels);
}

it.each([
  ['odd', 3],
  ['see-through', 4],
] as const)(
  'reads a HEIC whose rows end anywhere, %s, with every pixel in its place, as often as asked',
  async (name, channels) => {
    for (const _ of [1, 2, 3]) {
      const opened = await decodeHeic(drawn(name));
      if (opened.kind === 'refused') throw new Error(opened.reason);
      const { data, info } = await opened.picture.raw().toBuffer({ resolveWithObject: true });
      opened.giveBack();
      expect(info).toMatchObject({ width, height, channels });
      expect(missedBy(data, channels)).toBeLessThan(3);
    }
  },
);

it('reads the next one after one that was cut anywhere', async () => {
  const whole = drawn('odd');
  for (let end = 1; end < whole.length; end += 111) {
    const opened = await decodeHeic(whole.subarray(0, end));
    if (opened.kind === 'ready') opened.giveBack();
  }
  expect(await decodeHeic(whole)).toMatchObject({ kind: 'ready' });
});
