import { Hono } from 'hono';
import type { Brand } from '#booking/fleet.ts';
import { Refusal } from '#lib/refusal.ts';
import { paths } from '#ui/paths.ts';
import { notFoundPage, takenDownPage } from './closed-page.tsx';
import { resolveViewerPath } from './edge-function.vm.ts';
import { type Language, languageAsked, languageOf } from './languages.ts';
import { pageCaching, pageHeaders, workerHeaders } from './page-headers.ts';
import type { PageHost, StoredPage } from './page-host.ts';
import { sentPage } from './sent-page.tsx';
import { workerScript } from './worker.js.ts';

export type GuestPageRoutesParts = { host: PageHost };

/**
 * Everything a brand's host answers: its guest pages, under every address the edge function knows, and for all else one
 * and the same 404: a page for a browser, the problem `page-unknown` for a program. A page of another brand is as unknown
 * as one that never was.
 */
export function guestPageRoutes(parts: GuestPageRoutesParts): (brand: Brand) => Hono {
  return brand => {
    const app = new Hono();

    app.get(paths.guestWorker, c => c.body(workerScript, 200, workerHeaders));

    app.get('*', async c => {
      const slug = resolveViewerPath(brand, pathOf(c.req.url));
      const page = slug === null ? null : await parts.host.read(brand, slug);
      return page
        ? served(page, c.req.header('accept-encoding'), c.req.header('if-none-match'))
        : notHere(brand, c.req.raw);
    });

    app.all('*', c => notHere(brand, c.req.raw));
    return app;
  };
}

/**
 * What a brand answers for all that is not there: always the same bytes to the same browser, in the language it asks for.
 * For a program it throws `page-unknown`.
 */
export function notHere(brand: Brand, request: Request): Response {
  if (!request.headers.get('accept')?.includes('text/html')) throw pageUnknown();
  const language = languageAsked(request.headers.get('accept-language')) ?? languageOf(brand.locale);
  const known = missing.get(brand) ?? {};
  missing.set(brand, known);
  known[language] ??= new TextEncoder().encode(notFoundPage(brand, language));
  return new Response(known[language], { status: 404, headers: missingHeaders });
}

/** Where a guest takes photos back that were sent from the device in hand. */
export const sentPhotos = (brand: Brand, language: Language, back: string): Response =>
  new Response(sentPage(brand, language, back), { headers: { ...html, 'cache-control': 'no-store' } });

/** What a guest gets who has just taken a photo down. */
export const tookDown = (brand: Brand, language: Language, back: string): Response =>
  new Response(takenDownPage(brand, language, back), { headers: { ...html, 'cache-control': 'no-store' } });

const missing = new WeakMap<Brand, Partial<Record<Language, Uint8Array<ArrayBuffer>>>>();

const common = {
  'cache-control': pageCaching,
  ...pageHeaders,
  vary: 'Accept-Encoding',
} as const;

const html = { ...common, 'content-type': 'text/html; charset=utf-8' } as const;

const missingHeaders = { ...html, 'cache-control': 'no-store', vary: 'Accept, Accept-Language' } as const;

/** Says nothing of what was asked for, so that no two answers differ. */
const pageUnknown = () =>
  new Refusal(
    'page-unknown',
    'There is no page here.',
    'Open the link again as it stands in the letter: capital and small letters count.',
  );

/** A strong validator names bytes, so the compressed page has one of its own; either is good for a 304. */
function served(page: StoredPage, accepts: string | undefined, known: string | undefined): Response {
  const small = acceptsBrotli(accepts);
  const etag = small ? `"${page.etag}-br"` : `"${page.etag}"`;
  if (known && isKnown(known, page.etag))
    return new Response(null, { status: 304, headers: { ...common, etag } });
  const body = small ? page.brotli : page.html;
  return new Response(body, {
    headers: {
      ...html,
      etag,
      'content-length': String(body.byteLength),
      ...(small ? { 'content-encoding': 'br' } : {}),
    },
  });
}

const isKnown = (header: string, etag: string) =>
  header.split(',').some(each => {
    const tag = each.trim().replace(/^W\//, '');
    return ['*', `"${etag}"`, `"${etag}-br"`].includes(tag);
  });

/** Whether `br` is named with a weight above 0 (RFC 9110 section 12.5.3). */
const acceptsBrotli = (header = '') =>
  header.split(',').some(each => {
    const [coding, ...parameters] = each.split(';').map(part => part.trim().toLowerCase());
    return coding === 'br' && !parameters.some(part => /^q\s*=\s*0(\.0*)?$/.test(part));
  });

/** As it was asked for: Hono decodes paths, the edge does not. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  const end = url.indexOf('?', start);
  return start < 0 ? '/' : url.slice(start, end < 0 ? undefined : end);
}
