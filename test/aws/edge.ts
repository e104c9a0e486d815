import type { Fleet } from '#booking/fleet.ts';
import { objectKey, slugPattern } from '#guest-page/page-routing.ts';
import { answering, answersTheRest } from '#main/lambda/answering.ts';
import { hostHeader, originHeader } from '#main/lambda/edge-headers.ts';
import type { FunctionName } from '#main/lambda/function-parts.ts';
import type { HttpEvent, HttpResult } from '#web/api-gateway.ts';
import type { Answer, Init } from '../story-world.ts';

/** What the distributions here show, and what they showed before. */
export const originShown = ['ea7Zq0Nn4yPw8sXk2LhV6tRc9uJd3mGf', 'Bq5xT1vK8nW3eY6rZ0cM7pLs4hDj9gAu'] as const;

/**
 * What stands between people and functions: each host's distribution, which has the pages in its bucket and hands everything
 * else to the HTTP API, and the API, which hands it to the function of its route.
 */
export const pagesOf =
  (it: {
    fleet: Fleet;
    objects: ReadonlyMap<string, { body: Buffer; headers: Record<string, string> }>;
    invoke: (name: FunctionName, event: unknown) => Promise<unknown>;
  }) =>
  async (url: string, init: Init = {}): Promise<Answer> => {
    const { host, pathname, search } = new URL(url);
    const brand = it.fleet.brands.find(each => each.host === host);
    const slug = /^\/g\/([^/]+)\/?$/.exec(pathname)?.[1];
    if (brand && slug !== undefined) {
      const key = slugPattern.test(slug) ? objectKey(brand.layout, slug) : '';
      const found = it.objects.get(`${brand.bucket}/${key}`);
      if (!found) {
        const asked = eventOf(host, `/g/${key}`, '', { headers: { accept: 'text/html' } });
        return answerOf((await it.invoke(answersTheRest.brand, asked)) as HttpResult);
      }
      return answerOf({
        statusCode: 200,
        headers: found.headers,
        cookies: [],
        body: found.body.toString('utf8'),
        isBase64Encoded: false,
      });
    }
    const face = brand && (host !== it.fleet.house.host || pathname.startsWith('/g/')) ? 'brand' : 'house';
    return answerOf(
      (await it.invoke(functionFor(face, pathname), eventOf(host, pathname, search, init))) as HttpResult,
    );
  };

function functionFor(face: 'house' | 'brand', path: string): FunctionName {
  try {
    return answering(face, path)?.name ?? answersTheRest.house;
  } catch {
    return face === 'brand' ? 'guest' : answersTheRest.house;
  }
}

/** As API Gateway makes it of a request that came through a distribution. */
function eventOf(host: string, path: string, search: string, init: Init): HttpEvent {
  const { cookie, ...headers } = Object.fromEntries(
    Object.entries(init.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const body = init.body === undefined ? undefined : Buffer.from(init.body);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: search.replace(/^\?/, ''),
    ...(cookie ? { cookies: cookie.split('; ') } : {}),
    headers: {
      ...headers,
      host: 'a1b2c3.execute-api.us-east-1.amazonaws.com',
      [hostHeader]: host,
      [originHeader]: originShown[0],
      'x-forwarded-for': '203.0.113.7, 130.176.1.1',
      'x-forwarded-proto': 'https',
      ...(body ? { 'content-length': String(body.byteLength) } : {}),
    },
    requestContext: { http: { method: init.method ?? 'GET', sourceIp: '130.176.1.1' } },
    ...(body ? { body: body.toString('base64') } : {}),
    isBase64Encoded: body !== undefined,
  } as HttpEvent;
}

function answerOf({ statusCode, headers, cookies, body, isBase64Encoded }: HttpResult): Answer {
  const text = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString('utf8');
  return {
    status: statusCode,
    headers: { ...headers, ...(cookies.length > 0 ? { 'set-cookie': cookies.join(', ') } : {}) },
    body: text,
    json: <T>() => JSON.parse(text) as T,
  };
}
