/** What a secret link opens. A link is a low-power capability for one thing: never money, never settings. */
export type LinkPurpose = 'crew' | 'person feed' | 'vessel feed' | 'sign-in';

export type Link = {
  readonly purpose: LinkPurpose;
  /** The crew event, or the vessel, or `desk`. */
  readonly subject: string;
  /** The person it was made for; `-` when it is nobody's in particular. */
  readonly holder: string;
  /** ISO 8601 UTC; null = until revoked. */
  readonly expiresAt: string | null;
};

/**
 * Secret links, kept as SHA-256 only. A token is derived (HMAC) from the link key and the link's own name and generation,
 * so it can be said again in a second letter without being stored, and revoking moves to the next generation.
 */
export interface Links {
  /** The token of this link, making it if need be. Idempotent: the same link and generation give the same token; a later expiry extends. */
  issue(link: Link): Promise<string>;
  /** What a token opens, or null if unknown, revoked or expired. Never burns: links survive mail scanners (GET, HEAD or a click change nothing). */
  open(token: string): Promise<Link | null>;
  /** Ends this link at once. A later `issue` gives a new token. */
  revoke(purpose: LinkPurpose, subject: string, holder: string): Promise<void>;
}
