import type { CarriedBySqlite } from '#platform/carried.ts';
import type { Device } from './device-store.ts';
import type { LinkRecord } from './link-rules.ts';
import { fromRow, type KeyRow } from './service-key-store.sqlite.ts';
import type { StoredKey } from './service-key-store.ts';

/** A device somebody came in with, and when it was last seen, ISO 8601 UTC. */
export type CarriedDevice = Device & { readonly seenAt: string };

/** Personal links as they are kept: hashes, which open only with the key they were made with. */
export const carriedLinks: CarriedBySqlite<LinkRecord> = {
  all: from =>
    from.all<LinkRecord>(
      'SELECT purpose, subject, holder, generation, token_hash AS tokenHash, expires_ms AS expiresMs FROM links',
    ),
  put(tx, { purpose, subject, holder, generation, tokenHash, expiresMs }) {
    tx.run(
      'INSERT OR REPLACE INTO links (purpose, subject, holder, generation, token_hash, expires_ms) VALUES (?, ?, ?, ?, ?, ?)',
      purpose,
      subject,
      holder,
      generation,
      tokenHash,
      expiresMs,
    );
  },
};

/** Service keys as they are kept: hashes. */
export const carriedKeys: CarriedBySqlite<StoredKey> = {
  all: from => from.all<KeyRow>('SELECT * FROM service_keys').map(fromRow),
  put(tx, { id, hash, label, scopes, createdAt, revokedAt }) {
    tx.run(
      'INSERT OR REPLACE INTO service_keys (id, hash, label, scopes, created_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      hash,
      label,
      JSON.stringify(scopes),
      createdAt,
      revokedAt,
    );
  },
};

/** Devices, so that nobody is told of one they have long been using. */
export const carriedDevices: CarriedBySqlite<CarriedDevice> = {
  all: from => from.all<CarriedDevice>('SELECT door, person, hash, seen_at AS seenAt FROM devices'),
  put(tx, { door, person, hash, seenAt }) {
    tx.run(
      'INSERT OR REPLACE INTO devices (door, person, hash, seen_at) VALUES (?, ?, ?, ?)',
      door,
      person,
      hash,
      seenAt,
    );
  },
};
