import { createHash, randomBytes } from 'node:crypto';

/**
 * Randomness, told apart by purpose: a seeded source gives each purpose a stream of its own, so that one room
 * drawing more (finances retrying, say) never shifts what another draws. The money fence's two-run test rests on that.
 */
export interface Random {
  bytes(count: number, purpose: string): Uint8Array;
}

/** The operating system's generator. */
export const systemRandom: Random = { bytes: count => randomBytes(count) };

/** Repeats itself exactly for one seed; for tests and simulations, never for secrets that guard anything. */
export function seededRandom(seed: string): Random {
  const drawn = new Map<string, number>();
  return {
    bytes(count, purpose) {
      const from = drawn.get(purpose) ?? 0;
      drawn.set(purpose, from + 1);
      const out = Buffer.alloc(count);
      for (let offset = 0, block = 0; offset < count; offset += 32, block++) {
        createHash('sha256').update(`${seed}\0${purpose}\0${from}\0${block}`).digest().copy(out, offset);
      }
      return out;
    },
  };
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new identity, e.g. `bkg_7zk3…`: prefix + 80 random bits in Crockford's base 32, lower case. Says nothing about its bearer. */
export function newId<P extends string>(random: Random, prefix: P): `${P}_${string}` {
  const bits = random.bytes(10, `id ${prefix}`);
  let value = 0n;
  for (const byte of bits) value = (value << 8n) | BigInt(byte);
  let text = '';
  for (let i = 0; i < 16; i++, value >>= 5n) text = alphabet[Number(value & 31n)] + text;
  return `${prefix}_${text}`;
}

/** A secret for a URL: `bits` of randomness as base64url. 132 bits are 22 characters (W3C capability URLs ask for 120). */
export function newSecret(random: Random, purpose: string, bits = 132): string {
  return Buffer.from(random.bytes(Math.ceil(bits / 8), purpose))
    .toString('base64url')
    .slice(0, Math.ceil(bits / 6));
}
