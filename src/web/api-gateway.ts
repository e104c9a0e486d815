import type { WebApp } from './app.tsx';

/** An event of API Gateway's HTTP API, payload format 2.0, as far as it is read. */
export type HttpEvent = {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly requestContext: { readonly http: { readonly method: string; readonly sourceIp: string } };
  readonly body?: string;
  readonly isBase64Encoded: boolean;
};

export type HttpResult = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
};

/**
 * Answers such an event. Behind a distribution the host that was asked for stands under `hostHeader`, because Host names the
 * API there, and the caller is whom the distribution saw: the last but one of X-Forwarded-For, behind which API Gateway
 * writes the distribution itself.
 */
export const answering =
  (app: Pick<WebApp, 'fetch'>, hostHeader: string) =>
  async (event: HttpEvent): Promise<HttpResult> => {
    const { method, sourceIp } = event.requestContext.http;
    const headers = new Headers(event.headers);
    if (event.cookies?.length) headers.set('cookie', event.cookies.join('; '));
    const told = headers.get(hostHeader);
    const host = told ?? headers.get('host') ?? '';
    headers.set('host', host);
    const seen = headers.get('x-forwarded-for')?.split(',').at(-2)?.trim();
    const remoteAddress = (told && seen) || sourceIp;

    const query = event.rawQueryString ? `?${event.rawQueryString}` : '';
    const body = event.body ? Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8') : null;
    const request = new Request(`https://${host}${event.rawPath}${query}`, {
      method,
      headers,
      ...(body && method !== 'GET' && method !== 'HEAD' ? { body } : {}),
    });
    const response = await app.fetch(request, { incoming: { socket: { remoteAddress } } });
    const bytes = Buffer.from(await response.arrayBuffer());
    const cookies = response.headers.getSetCookie();
    const rest = [...response.headers].filter(([name]) => name !== 'set-cookie');
    const isText = /^(text\/|application\/(json|problem\+json|javascript|manifest\+json)|image\/svg)/.test(
      response.headers.get('content-type') ?? '',
    );
    return {
      statusCode: response.status,
      headers: Object.fromEntries(rest),
      cookies,
      body: bytes.toString(isText ? 'utf8' : 'base64'),
      isBase64Encoded: !isText,
    };
  };
