declare module 'yazl' {
  import type { Readable } from 'node:stream';

  export class ZipFile {
    readonly outputStream: Readable;
    addReadStreamLazy(
      name: string,
      options: { mtime?: Date; mode?: number; compress?: boolean; size?: number },
      open: (give: (error: Error | null, stream: Readable) => void) => void,
    ): void;
    end(): void;
  }
}

declare module 'libheif-js/libheif-wasm/libheif-bundle.js' {
  /** The part of libheif's C interface that is used here: pointers are places in the heap, the first of some is where their error goes. */
  export type Heif = {
    /** Another one whenever the heap has grown. */
    readonly HEAPU8: Uint8Array<ArrayBuffer>;
    readonly HEAP32: Int32Array<ArrayBuffer>;
    _malloc(size: number): number;
    _free(pointer: number): void;
    _heif_context_alloc(): number;
    _heif_context_free(context: number): void;
    _heif_context_set_maximum_image_size_limit(context: number, width: number): void;
    _heif_context_read_from_memory_without_copy(
      error: number,
      context: number,
      bytes: number,
      size: number,
      options: 0,
    ): void;
    _heif_context_get_primary_image_handle(error: number, context: number, handle: number): void;
    _heif_image_handle_release(handle: number): void;
    _heif_image_handle_get_width(handle: number): number;
    _heif_image_handle_get_height(handle: number): number;
    _heif_image_handle_has_alpha_channel(handle: number): number;
    _heif_decode_image(
      error: number,
      handle: number,
      image: number,
      space: number,
      chroma: number,
      options: 0,
    ): void;
    _heif_image_release(image: number): void;
    _heif_image_get_width(image: number, channel: number): number;
    _heif_image_get_height(image: number, channel: number): number;
    _heif_image_get_plane_readonly(image: number, channel: number, stride: number): number;
  };
  const newDecoder: () => Heif;
  // biome-ignore lint/style/noDefaultExport: that is how it comes.
  export default newDecoder;
}
