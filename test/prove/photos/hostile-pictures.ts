import { readFileSync } from 'node:fs';
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { Dice } from '../sim/dice.ts';

/** Stands in the metadata of every picture that is sent, and in what is hung onto it: nothing that is stored may hold it. */
export const canary = 'canary-of-the-camera-77b1';

export const kinds = {
  mutated: 10,
  cut: 4,
  polyglot: 4,
  'wrong size': 3,
  bomb: 0.1,
  disguised: 3,
  'no picture': 2,
  whole: 3,
} as const;
export type Kind = keyof typeof kinds;

export type Bases = Awaited<ReturnType<typeof basePictures>>;

/** Small pictures of every kind that is taken, with name, place and time in them, and one that unfolds to 144 megapixels. */
export async function basePictures() {
  const drawn = sharp({
    create: {
      width: 64,
      height: 48,
      channels: 3,
      background: '#4682b4',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  }).withExif({
    IFD0: { Artist: canary, Model: canary },
    IFD2: { DateTimeOriginal: '2027:05:30 17:01:02' },
    IFD3: {
      GPSLatitudeRef: 'N',
      GPSLatitude: '32/1 43/1 31/1',
      GPSLongitudeRef: 'W',
      GPSLongitude: '117/1 11/1 57/1',
    },
  });
  const pictures = [
    await drawn.clone().jpeg().toBuffer(),
    await drawn.clone().jpeg({ progressive: true }).toBuffer(),
    await drawn.clone().png().toBuffer(),
    await drawn.clone().webp().toBuffer(),
    await drawn.clone().webp({ lossless: true }).toBuffer(),
    readFileSync('test/pictures/sail.heic'),
  ];
  return { pictures, bomb: blackPng(12_000, 12_000) };
}

/** A file as somebody hostile, or a broken telephone, would send it. The same dice give the same bytes. */
export function hostileFile(dice: Dice, { pictures, bomb }: Bases): { kind: Kind; bytes: Buffer } {
  const kind = dice.weighed(kinds);
  const picture = Buffer.from(dice.pick(pictures));
  const bytes: Record<Kind, () => Buffer> = {
    whole: () => picture,
    mutated: () => mutated(dice, picture),
    cut: () => picture.subarray(0, dice.between(1, picture.length - 1)),
    polyglot: () => Buffer.concat([picture, dice.pick(otherFiles)]),
    'wrong size': () => wrongSize(dice, picture),
    bomb: () => Buffer.concat([bomb, noise(dice, 8)]),
    disguised: () => Buffer.concat([picture.subarray(0, dice.pick([3, 8, 12, 32])), dice.pick(otherFiles)]),
    'no picture': () => Buffer.concat([dice.pick(otherFiles), noise(dice, dice.between(1, 300))]),
  };
  return { kind, bytes: bytes[kind]() };
}

const noise = (dice: Dice, length: number) => Buffer.from(Array.from({ length }, () => dice.below(256)));

const text = (words: string) => Buffer.from(words);

/** What is no picture, whatever it is called: what a browser runs, what unfolds, what a scanner knows. */
const otherFiles: readonly Buffer[] = [
  text(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert('${canary}')"><script>1</script></svg>`),
  text(
    `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;${canary}</svg>`,
  ),
  text(`<!doctype html><script>document.title='${canary}'</script>`),
  text(`%PDF-1.7\n% ${canary}\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript>>>>endobj\n`),
  text(`GIF89a/*${canary}*/=1;alert(1)`),
  text(`push graphic-context\nimage over 0,0 0,0 'ephemeral:/etc/passwd' ${canary}\n`),
  text(`#!/bin/sh\necho ${canary}\n`),
  text(`<?php echo '${canary}';`),
  // EICAR's test file, in two pieces, so that no scanner takes this file for it.
  text(`X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD'}-ANTIVIRUS-TEST-FILE!$H+H*`),
  Buffer.concat([text('PK\x03\x04'), text(canary.repeat(20))]),
  gzipSync(Buffer.alloc(1_000_000)),
  Buffer.concat([text('MZ'), Buffer.alloc(200), text(canary)]),
  Buffer.concat([text('\x7fELF'), Buffer.alloc(200), text(canary)]),
  Buffer.concat([Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0]), text(canary)]),
  Buffer.concat([Buffer.from([0, 0, 0, 0x1c]), text('ftypavif\0\0\0\0avifmif1miaf'), text(canary)]),
];

function mutated(dice: Dice, picture: Buffer): Buffer {
  let bytes: Buffer = picture;
  for (let times = dice.between(1, 12); times > 0; times--) {
    const at = dice.below(bytes.length);
    const some = dice.between(1, 16);
    switch (dice.below(4)) {
      case 0:
        bytes[at] = dice.below(256);
        break;
      case 1:
        bytes = Buffer.concat([bytes.subarray(0, at), noise(dice, some), bytes.subarray(at)]);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + some)]);
        break;
      default:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - some * 8))]);
    }
    if (bytes.length === 0) return picture;
  }
  return bytes;
}

/** A picture that says it is larger than it is, up to the largest number there is room for. */
function wrongSize(dice: Dice, picture: Buffer): Buffer {
  const size = dice.pick([0, 1, 7_000, 40_000, 65_535, 2 ** 31 - 1]);
  const frame = picture.findIndex(
    (byte, at) => byte === 0xff && [0xc0, 0xc2].includes(picture[at + 1] ?? 0) && picture[at + 4] === 8,
  );
  if (picture[0] === 0x89) {
    picture.writeUInt32BE(size, dice.pick([16, 20]));
    picture.writeUInt32BE(crc32(picture.subarray(12, 29)), 29);
  } else if (picture[0] === 0xff && frame > 0) {
    picture.writeUInt16BE(Math.min(size, 65_535), frame + dice.pick([5, 7]));
  } else {
    const at = picture.indexOf('ispe') > 0 ? picture.indexOf('ispe') + 8 : 24;
    picture.writeUInt32BE(size, at);
  }
  return picture;
}

/** A picture of one colour, one bit for each pixel: some kilobytes that unfold to as many megabytes as one likes. */
function blackPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc((width / 8 + 1) * height), { level: 9 });
  const parts: [string, Buffer][] = [
    ['IHDR', header],
    ['IDAT', rows],
    ['IEND', Buffer.alloc(0)],
  ];
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, ...parts.map(([name, data]) => chunk(name, data))]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
