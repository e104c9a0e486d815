import { type Context, Hono } from 'hono';
import type { Link } from '#access/links.ts';
import { sha256 } from '#lib/digest.ts';
import { paths } from '#ui/paths.ts';

export type FeedRouteDeps = {
  /** What a token opens, or null. */
  readonly open: (token: string) => Promise<Link | null>;
  /** The calendar behind a link, or null. */
  readonly feedFor: (link: Link) => Promise<string | null>;
};

/**
 * Feeds for calendar programs. Who holds the address reads it, so it is answered privately and asked about each time;
 * an address that is unknown, revoked or no feed gets the same bytes as any other.
 */
export function feedRoutes({ open, feedFor }: FeedRouteDeps): Hono {
  const app = new Hono();
  const headers = { 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' };
  const nothing = (c: Context) =>
    c.body('There is no calendar here.\n', 404, { ...headers, 'content-type': 'text/plain' });

  app.get(paths.feed(':file').replace(/\.ics$/, ''), async c => {
    const file = c.req.param('file') ?? '';
    const link = file.endsWith('.ics') ? await open(file.slice(0, -'.ics'.length)) : null;
    const body = link && (await feedFor(link));
    if (!body) return nothing(c);
    const etag = `"${sha256(body).slice(0, 32)}"`;
    if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304, { ...headers, etag });
    return c.body(body, 200, {
      ...headers,
      etag,
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="calendar.ics"',
    });
  });
  return app;
}

/** Whether a conditional request names this very version; programs and proxies may have weakened it (RFC 9110 section 13.1.2). */
const isKnown = (header: string | undefined, etag: string) =>
  header?.split(',').some(each => ['*', etag, `W/${etag}`].includes(each.trim())) ?? false;
