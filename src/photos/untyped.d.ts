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

declare module 'heic-decode' {
  type HeicImage = {
    width: number;
    height: number;
    decode(): Promise<{ width: number; height: number; data: Uint8ClampedArray }>;
  };
  export function all(of: { buffer: Uint8Array }): Promise<HeicImage[] & { dispose(): void }>;
}
