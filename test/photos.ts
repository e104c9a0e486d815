import sharp from 'sharp';
import { paths } from '#ui/paths.ts';
import type { Answer, StoryWorld } from './story-world.ts';

/** A picture as a camera makes it: noise in many colours, so that its bytes are its own, with what a camera writes beside it. */
export function snapshotOf(about: { owner?: string; width?: number; height?: number; shade?: number } = {}) {
  const { owner = 'somebody', width = 640, height = 480, shade = 0 } = about;
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: { r: (shade * 37) % 256, g: (shade * 91) % 256, b: 140 },
      noise: { type: 'gaussian', mean: 128, sigma: 12 },
    },
  })
    .jpeg()
    .withExif({
      IFD0: { Artist: owner },
      IFD2: { DateTimeOriginal: '2027:05:30 17:01:02' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '32/1 43/1 31/1' },
    })
    .toBuffer();
}

/** Sends a photo as the page of a guest does: asks, then gives the bytes. */
export async function sendPhoto(
  world: Pick<StoryWorld, 'http'>,
  page: string,
  bytes: Buffer,
  mark: string,
): Promise<Answer> {
  const { origin, pathname } = new URL(page);
  const slug = pathname.slice('/g/'.length);
  const json = { 'content-type': 'application/json' };
  const asked = await world.http(`${origin}${paths.guestUploads(slug)}`, {
    method: 'POST',
    headers: { ...json, 'content-length': '200' },
    body: JSON.stringify({ type: 'image/jpeg', size: bytes.length, mark, consent: true }).padEnd(200),
  });
  if (asked.status !== 200) return asked;
  const { photo, fields, at } = asked.json<{ photo: string; fields: object; at: number }>();
  return world.http(`${origin}${paths.guestUpload(slug, photo)}`, {
    method: 'PATCH',
    headers: {
      'upload-offset': String(at),
      'upload-grant': Buffer.from(JSON.stringify(fields)).toString('base64'),
      'content-length': String(bytes.length - at),
    },
    body: bytes.subarray(at),
  });
}
