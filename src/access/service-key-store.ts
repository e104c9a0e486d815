import type { ServiceKey } from './service-key.ts';

/** A key as it is kept: with the SHA-256 (hex) by which it is found. */
export type StoredKey = ServiceKey & { readonly hash: string; readonly createdAt: string };

/** Keeps the keys made here. Every answer is current: a revoked key is not found from then on. */
export interface ServiceKeyStore {
  /** Keeps the key unless `most` keys with its label are active already; counting and keeping are one act. */
  add(key: StoredKey, most: number): Promise<'added' | 'full'>;
  /** The key with this hash, unless revoked. */
  findActive(hash: string): Promise<StoredKey | null>;
  /** Newest first. */
  list(): Promise<readonly StoredKey[]>;
  /** Whether there is such a key. Revoking again keeps the first time. */
  revoke(id: string, at: string): Promise<boolean>;
}
