/** What a secret link opens. A link is a low-power capability for one thing: never settings, and of money only the holder's own pay (`pay`). */
export type LinkPurpose = 'crew' | 'person feed' | 'vessel feed' | 'sign-in' | 'pay';

export type Link = {
  readonly purpose: LinkPurpose;
  /** The crew event, or the vessel, `desk` or `pay`. */
  readonly subject: string;
  /** The person it was made for; `-` when it is nobody's in particular. */
  readonly holder: string;
  /** ISO 8601 UTC; null = until revoked. */
  readonly expiresAt: string | null;
};

/** A link that opened just now, with the generation it belongs to. */
export type OpenLink = Link & { readonly epoch: number };

/**
 * Secret links, kept as SHA-256 only. A token is derived (HMAC) from the link key and the link's own name and generation,
 * so it can be said again in a second letter without being stored, and revoking moves to the next generation.
 * A new link key ends every link.
 */
export interface Links {
  /**
   * The token of this link, making it if need be. Idempotent: the same link and generation give the same token; a later expiry extends.
   * Only `sign-in` and `pay` links never extend: their window is fixed when it opens, and once run out the next issue gives a new token,
   * so that an old letter does not come alive again.
   */
  issue(link: Link): Promise<string>;
  /** What a token opens, or null if unknown, revoked or expired. Never burns: links survive mail scanners (GET, HEAD or a click change nothing). */
  open(token: string): Promise<OpenLink | null>;
  /**
   * The generation in force, or null when there is none: never issued, revoked, expired. What was opened at another
   * generation is over; whoever keeps a session for a link compares on every request.
   */
  epoch(purpose: LinkPurpose, subject: string, holder: string): Promise<number | null>;
  /** Ends this link at once. A later `issue` gives a new token. */
  revoke(purpose: LinkPurpose, subject: string, holder: string): Promise<void>;
}
