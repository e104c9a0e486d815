import type { Heif } from 'libheif-js/libheif-wasm/libheif-bundle.js';
import sharp, { type Sharp } from 'sharp';
import { mostHeicPixels, type RefusalReason } from './photo.ts';

type Opened =
  | { readonly kind: 'ready'; readonly picture: Sharp; readonly giveBack: () => void }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

/** Of libheif's enumerations: heif_colorspace_RGB, heif_chroma_interleaved_RGB and _RGBA, heif_channel_interleaved. */
const colours = { space: 1, opaque: 10, seeThrough: 11, channel: 10 };

let decoder: Heif | null = null;

/**
 * The pixels of a HEIC file, upright. They stay where the decoder put them, since a copy of 24 megapixels is 72 MB or
 * more: `picture` is good until `giveBack`, and until then no other may be decoded. The decoder (libheif, LGPL; HEVC is
 * laden with patents) is an optional dependency: without it, HEIC is refused with that reason.
 */
export async function decodeHeic(bytes: Uint8Array): Promise<Opened> {
  decoder ??= await loaded();
  if (!decoder) return { kind: 'refused', reason: 'heic-unsupported' };
  try {
    return opened(decoder, bytes);
  } catch {
    // One that broke over a file is good for no other.
    decoder = null;
    return { kind: 'refused', reason: 'unreadable' };
  }
}

function opened(heif: Heif, bytes: Uint8Array): Opened {
  const held: (() => void)[] = [];
  const giveBack = () => {
    for (const free of held.splice(0).reverse()) free();
  };
  const hold = (pointer: number, free: (pointer: number) => void) => {
    held.push(() => free(pointer));
    return pointer;
  };
  const refused = (reason: RefusalReason): Opened => {
    giveBack();
    return { kind: 'refused', reason };
  };
  const answer = hold(heif._malloc(16), heif._free);
  const isWell = () => heif.HEAP32[answer / 4] === 0;
  const value = answer + 12;
  const valueThere = () => heif.HEAP32[value / 4] ?? 0;

  const context = hold(heif._heif_context_alloc(), heif._heif_context_free);
  const file = hold(heif._malloc(bytes.length), heif._free);
  if (file === 0) return refused('unreadable');
  heif.HEAPU8.set(bytes, file);
  heif._heif_context_set_maximum_image_size_limit(context, Math.ceil(Math.sqrt(mostHeicPixels)));
  heif._heif_context_read_from_memory_without_copy(answer, context, file, bytes.length, 0);
  if (!isWell()) return refused('unreadable');
  heif._heif_context_get_primary_image_handle(answer, context, value);
  if (!isWell()) return refused('unreadable');
  const image = hold(valueThere(), heif._heif_image_handle_release);
  const pixels = heif._heif_image_handle_get_width(image) * heif._heif_image_handle_get_height(image);
  if (pixels > mostHeicPixels) return refused('too-many-pixels');

  const channels = heif._heif_image_handle_has_alpha_channel(image) === 1 ? 4 : 3;
  const chroma = channels === 4 ? colours.seeThrough : colours.opaque;
  heif._heif_decode_image(answer, image, value, colours.space, chroma, 0);
  if (!isWell()) return refused('unreadable');
  const decoded = hold(valueThere(), heif._heif_image_release);
  const width = heif._heif_image_get_width(decoded, colours.channel);
  const height = heif._heif_image_get_height(decoded, colours.channel);
  const at = heif._heif_image_get_plane_readonly(decoded, colours.channel, value);
  if (at === 0) return refused('unreadable');
  closeUp(heif.HEAPU8, at, { from: valueThere(), to: width * channels, height });
  const plane = Buffer.from(heif.HEAPU8.buffer, at, width * height * channels);
  return { kind: 'ready', picture: sharp(plane, { raw: { width, height, channels } }), giveBack };
}

/** Rows stand apart by as much as suits the decoder; sharp wants them one right after the other. */
function closeUp(heap: Uint8Array, at: number, row: { from: number; to: number; height: number }): void {
  if (row.from === row.to) return;
  for (let y = 1; y < row.height; y++) {
    const start = at + y * row.from;
    heap.copyWithin(at + y * row.to, start, start + row.to);
  }
}

async function loaded(): Promise<Heif | null> {
  try {
    const { default: newDecoder } = await import('libheif-js/libheif-wasm/libheif-bundle.js');
    return newDecoder();
  } catch {
    return null;
  }
}
