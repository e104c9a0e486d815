import { createHash } from 'node:crypto';
import type { Landed } from './photo-store.ts';
import { headBytes } from './sniff.ts';

/** Reads through an original, once and without keeping it in memory. */
export async function landing(bytes: AsyncIterable<Uint8Array>): Promise<Landed> {
  const hash = createHash('sha256');
  let size = 0;
  let head = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (head.length < headBytes) head = Buffer.concat([head, chunk]).subarray(0, headBytes);
    hash.update(chunk);
    size += chunk.byteLength;
  }
  return { size, digest: hash.digest('hex'), head };
}
