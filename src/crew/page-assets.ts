import { sha256 } from '#lib/digest.ts';
import type { Asset } from '#ui/assets.ts';
import { paths } from '#ui/paths.ts';
import { saidWhileSending, saying } from '#ui/said-while-sending.ts';
import { sendPhotosScript } from '#ui/send-photos.esbuild.ts';
import { sendPhotosEnglish } from '#ui/send-photos-words.ts';
import { pageStyle } from './crew.css.ts';
import { pageScript } from './crew.js.ts';

const asset = (path: string, type: string, body: string): Asset => ({
  path,
  type,
  body,
  etag: `"${sha256(body).slice(0, 16)}"`,
});

const script = asset(paths.crewScript, 'text/javascript; charset=utf-8', pageScript);
const photosScript = asset(
  paths.crewPhotosScript,
  'text/javascript; charset=utf-8',
  saying(saidWhileSending(sendPhotosEnglish), sendPhotosScript),
);
const style = asset(paths.crewStyle, 'text/css; charset=utf-8', pageStyle);

/** What the crew pages load beside the common files. */
export const crewAssets: readonly Asset[] = [script, photosScript, style];

const versioned = ({ path, etag }: Asset) => `${path}?v=${etag.slice(1, 9)}`;

/** The addresses with their version, so that the files may be kept for a year and still change at once. */
export const scriptHref = versioned(script);
export const photosScriptHref = versioned(photosScript);
export const styleHref = versioned(style);
