import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file of a zip, opened only when its turn comes. */
export type Zipped = {
  readonly name: string;
  readonly at: Date;
  readonly open: () => Promise<Uint8Array | null>;
};

/** Files in a zip, read one after the other while it is sent: never more than one in memory. Pictures are not compressed twice. */
export function zipOf(files: readonly Zipped[]): ReadableStream<Uint8Array> {
  const zip = new ZipFile();
  for (const { name, at, open } of files) {
    zip.addReadStreamLazy(name, { mtime: at, mode: 0o100644, compress: false }, give => {
      open().then(
        bytes => give(null, Readable.from(bytes ? [Buffer.from(bytes)] : [])),
        (error: Error) => give(error, Readable.from([])),
      );
    });
  }
  zip.end();
  return Readable.toWeb(zip.outputStream) as ReadableStream<Uint8Array>;
}
