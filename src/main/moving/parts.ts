import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalJson } from '#lib/digest.ts';
import type { Manifest } from './manifest.ts';

/** Takes the records of a part in any order; `end` lays the part down in the order of their keys, its bytes on disk. */
export type PartWriter = {
  add(key: string, record: object): void;
  end(): Manifest['parts'][number];
};

/**
 * A part of an export: a line of JSON for each record, with sorted keys, so that equal houses give equal bytes. Only keys
 * are held in memory; what came in is kept beside until it is put in order.
 */
export function partWriter(folder: string, name: string): PartWriter {
  const file = join(folder, name);
  const heap = join(folder, `.${name.replaceAll('/', '-')}`);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const kept = openSync(heap, 'wx+', 0o600);
  const places: { key: string; at: number; length: number }[] = [];
  let at = 0;
  return {
    add(key, record) {
      const line = Buffer.from(`${canonicalJson(record)}\n`);
      writeWhole(kept, line);
      places.push({ key, at, length: line.length });
      at += line.length;
    },
    end() {
      places.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
      const hash = createHash('sha256');
      const made = openSync(file, 'wx', 0o600);
      for (const place of places) {
        const line = Buffer.alloc(place.length);
        readSync(kept, line, 0, place.length, place.at);
        hash.update(line);
        writeWhole(made, line);
      }
      fsyncSync(made);
      closeSync(made);
      closeSync(kept);
      rmSync(heap);
      return { name, records: places.length, bytes: at, sha256: hash.digest('hex') };
    },
  };
}

/** The records of a part, one by one. Split at the bytes of line feeds: other ends of lines are part of somebody's text. */
export async function* recordsIn(folder: string, name: string): AsyncGenerator<object> {
  let begun: Buffer[] = [];
  for await (const chunk of createReadStream(join(folder, name)) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...begun, chunk.subarray(from, end)]);
      begun = [];
      from = end + 1;
      yield JSON.parse(line.toString('utf8')) as object;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
}

function writeWhole(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
