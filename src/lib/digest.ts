import { hash } from 'node:crypto';

/** SHA-256 in hex of text or bytes. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data);

/** JSON with keys sorted at every depth and `undefined` left out: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}

/** The digest by which two statements are held to say the same: first 32 hex digits of SHA-256 over canonical JSON. */
export const digestOf = (value: unknown): string => sha256(canonicalJson(value)).slice(0, 32);
