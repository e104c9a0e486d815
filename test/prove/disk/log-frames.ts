import { sha256 } from '#lib/digest.ts';

const headerBytes = 32;
const frameHeaderBytes = 24;

/** A write-ahead log as far as it was read: its bytes, and the running sums behind its header and behind each frame. */
type Walked = { readonly log: Buffer; readonly frameBytes: number; readonly sums: Sums[] };
type Sums = readonly [number, number];

/**
 * What SQLite reads of a write-ahead log: everything up to the last commit before the first frame whose salt or sum is
 * wrong (https://sqlite.org/fileformat2.html#the_write_ahead_log). Two logs with the same answer are the same to it,
 * whatever stands behind. Frames that the log before had in the same place are not summed up again.
 */
export function framesRead(): (log: Buffer) => string {
  let last: Walked | null = null;

  return log => {
    if (log.length < headerBytes) return 'nothing';
    const pageBytes = log.readUInt32BE(8);
    // Summed up in another order of bytes, or with pages of 64 KB, which are written as 1: like no other.
    if (log.readUInt32BE(0) === 0x377f0683 || pageBytes === 1) return sha256(log);
    if (log.readUInt32BE(0) !== 0x377f0682 || pageBytes === 0) return 'nothing';
    const head = sumsOf(log, 0, 24, [0, 0]);
    if (!isAt(log, 24, head)) return 'nothing';

    const frameBytes = frameHeaderBytes + pageBytes;
    const before = last?.frameBytes === frameBytes && same(log, last.log, 0, headerBytes) ? last : null;
    const sums: Sums[] = [head];
    let read = 'nothing';
    let isNew = before === null;
    for (let at = headerBytes; at + frameBytes <= log.length; at += frameBytes) {
      isNew ||= sums.length >= (before?.sums.length ?? 0) || !same(log, before?.log, at, at + frameBytes);
      const next = isNew
        ? sumsOf(log, at + frameHeaderBytes, at + frameBytes, sumsOf(log, at, at + 8, sums.at(-1) as Sums))
        : (before?.sums[sums.length] as Sums);
      if (!same(log, log, at + 8, at + 16, 16) || !isAt(log, at + 16, next)) break;
      sums.push(next);
      if (log.readUInt32BE(at + 4) !== 0) read = `${sums.length} ${next.join(' ')}`;
    }
    last = { log, frameBytes, sums };
    return read;
  };
}

const same = (one: Buffer, other: Buffer | undefined, from: number, to: number, otherFrom = from): boolean =>
  other !== undefined && one.compare(other, otherFrom, otherFrom + to - from, from, to) === 0;

const isAt = (log: Buffer, at: number, [a, b]: Sums): boolean =>
  log.readUInt32BE(at) === a && log.readUInt32BE(at + 4) === b;

function sumsOf(log: Buffer, from: number, to: number, [first, second]: Sums): Sums {
  let [a, b] = [first, second];
  for (let at = from; at < to; at += 8) {
    a = (a + log.readUInt32LE(at) + b) >>> 0;
    b = (b + log.readUInt32LE(at + 4) + a) >>> 0;
  }
  return [a, b];
}
