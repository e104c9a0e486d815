import { createHmac } from 'node:crypto';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import type { Link, LinkPurpose, OpenLink } from './links.ts';

/** A link as it is kept: by the hash of its token, never the token. Without a hash it was revoked. */
export type LinkRecord = {
  readonly purpose: LinkPurpose;
  readonly subject: string;
  readonly holder: string;
  readonly generation: number;
  readonly tokenHash: string | null;
  /** Epoch ms; null = until revoked. */
  readonly expiresMs: number | null;
};

export type LinkRules = ReturnType<typeof linkRules>;

/** What issuing, opening and revoking mean, wherever links are kept. `key` is the link key: 32 secret bytes or more, checked at the start (`checkSecret`). */
export function linkRules({ clock, key }: { clock: Clock; key: string }) {
  const tokenOf = (of: Pick<LinkRecord, 'purpose' | 'subject' | 'holder' | 'generation'>) =>
    createHmac('sha256', key)
      .update(JSON.stringify(['gangway link', of.purpose, of.subject, of.holder, of.generation]))
      .digest('base64url');

  // The hash is compared with what the key derives now, so that neither an old key's links nor a planted row open anything.
  const isInForce = (record: LinkRecord | null): record is LinkRecord =>
    record !== null &&
    (record.expiresMs === null || record.expiresMs > clock.now()) &&
    record.tokenHash === sha256(tokenOf(record));

  return {
    isInForce,
    /** The record that stands after a link is asked for, and its token. */
    issued(before: LinkRecord | null, link: Link): { record: LinkRecord; token: string } {
      const { purpose, subject, holder, expiresAt } = link;
      const wanted = expiresAt === null ? null : instant(expiresAt);
      let generation = before?.generation ?? 1;
      let expiresMs = wanted;
      if (before?.tokenHash) {
        const hasWindow = purpose === 'sign-in' || purpose === 'pay';
        if (hasWindow && isInForce(before)) expiresMs = before.expiresMs;
        else if (hasWindow) generation++;
        else expiresMs = later(before.expiresMs, wanted);
      }
      const token = tokenOf({ purpose, subject, holder, generation });
      return { token, record: { purpose, subject, holder, generation, tokenHash: sha256(token), expiresMs } };
    },
    opened(record: LinkRecord | null): OpenLink | null {
      if (!isInForce(record)) return null;
      const { purpose, subject, holder, generation, expiresMs } = record;
      const expiresAt = expiresMs === null ? null : isoInstant(expiresMs);
      return { purpose, subject, holder, expiresAt, epoch: generation };
    },
    /** The record after revoking; null when there is nothing to revoke. */
    revoked: (record: LinkRecord | null): LinkRecord | null =>
      record?.tokenHash
        ? { ...record, generation: record.generation + 1, tokenHash: null, expiresMs: null }
        : null,
  };
}

/** 32 bytes in base64url. Checked first so that nobody makes us hash a megabyte. */
export const isLinkToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

const later = (a: number | null, b: number | null) => (a === null || b === null ? null : Math.max(a, b));

function instant(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new TypeError(`not an instant: ${text}`);
  return ms;
}
