import { sha256 } from '#lib/digest.ts';
import { stylesheet } from './gangway.css.ts';
import { script } from './gangway.js.ts';

/** One file the pages load, for the web room to mount. Text; the same for everybody, so it may be cached by anyone. */
export type Asset = {
  readonly path: string;
  readonly type: string;
  readonly body: string;
  /** Strong, quoted as the header wants it. */
  readonly etag: string;
};

/** The signal flag G (golf), which is also the mark in the bar. */
const flag =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6 5"><path fill="#f5c842" d="M0 0h6v5H0z"/><path fill="#2b6fb3" d="M1 0h1v5H1zM3 0h1v5H3zM5 0h1v5H5z"/></svg>';

const asset = (path: string, type: string, body: string): Asset => ({
  path,
  type,
  body,
  etag: `"${sha256(body).slice(0, 16)}"`,
});

/** Everything the pages load, all from our own host. */
export const assets: readonly Asset[] = [
  asset('/ui/gangway.css', 'text/css; charset=utf-8', stylesheet),
  asset('/ui/gangway.js', 'text/javascript; charset=utf-8', script),
  asset('/ui/gangway.svg', 'image/svg+xml', flag),
];

/**
 * The address of an asset with its version as a query, so that it may be cached for a year and still change at once.
 * A path that is no asset is returned as it is.
 */
export function assetHref(path: string): string {
  const found = assets.find(candidate => candidate.path === path);
  return found ? `${path}?v=${found.etag.slice(1, 9)}` : path;
}
