import { createHmac } from 'node:crypto';
import { sha256 } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';

/** What a form of this session carries in its hidden field `formToken`. Says nothing about the session's id. */
export const formToken = (session: { readonly id: string }): string =>
  createHmac('sha256', session.id).update('gangway form').digest('base64url');

/**
 * Whether a POST that comes with a cookie was made by one of our own pages, in this very session.
 * Throws the refusals `form-from-elsewhere` and `form-stale`; nothing has been done then.
 */
export function checkForm(request: Request, session: { readonly id: string }, presented: unknown): void {
  checkOrigin(request);
  if (typeof presented !== 'string' || sha256(presented) !== sha256(formToken(session))) {
    throw new Refusal(
      'form-stale',
      'This form is from an earlier sign-in: nothing was changed.',
      'Reload the page and send the form again.',
    );
  }
}

/**
 * Whether a POST was made by one of our own pages: by `Sec-Fetch-Site` where the browser sends it, else by `Origin`.
 * A request that names neither is refused. Throws the refusal `form-from-elsewhere`.
 */
export function checkOrigin(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  const own = site === null ? hasOwnOrigin(request) : site === 'same-origin' || site === 'none';
  if (!own) {
    throw new Refusal(
      'form-from-elsewhere',
      'This form was sent from another site: nothing was changed.',
      'Open the page here and send the form from it.',
    );
  }
}

function hasOwnOrigin(request: Request): boolean {
  const origin = request.headers.get('origin');
  const host = request.headers.get('host') ?? new URL(request.url).host;
  return origin !== null && URL.parse(origin)?.host === host.toLowerCase();
}
