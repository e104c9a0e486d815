import { Hono } from 'hono';
import { assets } from '#ui/assets.ts';

/** The files that pages load. Their addresses carry the version, so they may be kept for a year. */
export function assetRoutes(): Hono {
  const app = new Hono();
  for (const { path, type, body, etag } of assets) {
    app.get(path, c => {
      const headers = { 'content-type': type, etag, 'cache-control': 'public, max-age=31536000, immutable' };
      return c.req.header('if-none-match') === etag ? c.body(null, 304, headers) : c.body(body, 200, headers);
    });
  }
  return app;
}
