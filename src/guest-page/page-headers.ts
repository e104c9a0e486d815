/** What a guest's page is answered with, by this program and by the edge: not for search engines, no address given away, in nobody's frame. */
export const pageHeaders = {
  'x-robots-tag': 'noindex',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // The page's own policy allows its script and style; only this one part has to be a header.
  'content-security-policy': "frame-ancestors 'none'",
} as const;

/**
 * How long a page may be kept: a minute by an edge, not at all by a browser without asking. A browser that was allowed to
 * show a stale one first would show a guest who comes back the photo that they just took down, and the old time of a trip.
 */
export const pageCaching = 'public, max-age=0, s-maxage=60';

/** What the script that opens pages without a network is answered with. */
export const workerHeaders = {
  'content-type': 'text/javascript; charset=utf-8',
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
} as const;

/** Under this header a brand's edge says which brand it is for, with every page and every 404. */
export const brandHeader = 'x-gangway-brand';
