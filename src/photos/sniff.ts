/** What a file is by its first bytes. Its name and what the sender calls it are not asked. */
export type PictureKind = 'jpeg' | 'png' | 'webp' | 'heic';

/** How many bytes `kindOf` wants to see. */
export const headBytes = 64;

/** The kind of picture that a file begins as, or null: SVG, PDF, archives, programs, AVIF and text are none of ours. */
export function kindOf(head: Uint8Array): PictureKind | null {
  const begins = (at: number, ...bytes: number[]) => bytes.every((byte, i) => head[at + i] === byte);
  if (begins(0, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (begins(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WEBP') return 'webp';
  if (text(head, 4, 8) === 'ftyp' && heicBrands.has(text(head, 8, 12))) return isAvif(head) ? null : 'heic';
  return null;
}

const heicBrands = new Set(['heic', 'heix', 'hevc', 'hevx', 'mif1', 'msf1']);

/** An AVIF may call itself `mif1` too and says what it is among its compatible brands. */
const isAvif = (head: Uint8Array) => {
  const brands = text(head, 8, head.length);
  return brands.includes('avif') || brands.includes('avis');
};

const text = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1');
