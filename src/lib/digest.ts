import { hash } from 'node:crypto';

/** SHA-256 in hex of text or bytes. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data);

/** JSON with keys sorted at every depth and `undefined` left out: equal values give equal text. */
export const canonicalJson = (value: unknown): string => JSON.stringify(inOrder(value));

/** The same value, as JSON sees it, with its keys set in the order of their letters. A function given to `stringify` takes twice as long. */
function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(inOrder);
  if ('toJSON' in value && typeof value.toJSON === 'function') return inOrder(value.toJSON());
  const entries = Object.entries(value).map(([key, inner]) => [key, inOrder(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** The digest by which two statements are held to say the same: first 32 hex digits of SHA-256 over canonical JSON. */
export const digestOf = (value: unknown): string => sha256(canonicalJson(value)).slice(0, 32);
