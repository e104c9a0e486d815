import { type Context, Hono } from 'hono';
import type { Brand, Fleet } from '#booking/fleet.ts';
import { pathAsked } from '#guest-page/page-routing.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import type { Metrics } from '#platform/metrics.ts';
import { contentSecurityPolicy } from '#ui/layout.tsx';
import { paths } from '#ui/paths.ts';
import { faceOf } from './hosts.ts';
import { doorLimits } from './limits.ts';
import { problemOf, problemResponse } from './problem.ts';
import { BareProblemPage, ProblemPage } from './problem-page.tsx';

export type WebParts = {
  fleet: Fleet;
  /** Everything a brand's host serves: its guest pages and nothing else. */
  guest: (brand: Brand) => Hono;
  /** What the house serves, in order of mounting. */
  house: readonly Hono[];
  /** Proxies whose word on the caller's address is believed. */
  trustedProxies: readonly string[];
  /** Where pages send photos to if not to their own host, `https://…`. */
  photosTo?: string | undefined;
  clock: Clock;
  log: Log;
  metrics: Metrics;
};

/** A route as it is mounted, on the house or on the brands, which are alike. */
export type Mounted = { readonly face: 'house' | 'brand'; readonly method: string; readonly path: string };

/** The whole HTTP face, and what is mounted in it: for whoever must account for every route. */
export type WebApp = Hono & { readonly mounted: readonly Mounted[] };

/** The whole HTTP face as one function from request to response; the same in the Node process, on Lambda and in tests. */
export function webApp(parts: WebParts): WebApp {
  const house = new Hono();
  const policy = policyOf(parts.photosTo);
  house.use(async (c, next) => {
    await next();
    setHouseHeaders(c.res.headers, policy);
  });
  house.use(doorLimits(parts));
  for (const routes of parts.house) house.route('/', routes);
  house.notFound(c => {
    const refusal = notFound(c.req.path);
    return answerError(parts, refusal, c.req.method, c.req.path, c.req.header('accept'), () =>
      problemResponse(c, refusal),
    );
  });
  house.onError((error, c) =>
    answerError(parts, error, c.req.method, c.req.path, c.req.header('accept'), () =>
      problemResponse(c, error),
    ),
  );

  const brands = new Map(parts.fleet.brands.map(brand => [brand.id, parts.guest(brand)]));
  for (const app of brands.values())
    app.onError(async (error, c) => {
      // The house's page for problems is not for guests: what a browser should see, the brand answers itself.
      const answer = await answerError(parts, error, c.req.method, c.req.path, undefined, () =>
        problemResponse(c, error),
      );
      for (const [name, value] of Object.entries(brandProblemHeaders)) answer.headers.set(name, value);
      return answer;
    });

  const app = new Hono();
  app.all('*', async c => {
    const startedAt = parts.clock.now();
    const asked = requestAsked(c.req.raw);
    const path = asked === c.req.raw ? c.req.path : new URL(asked.url).pathname;
    const face = faceOf(parts.fleet, c.req.header('host'), path);
    const response =
      face.kind === 'brand'
        ? await (brands.get(face.brand.id) as Hono).fetch(asked, c.env)
        : face.kind === 'house'
          ? await house.fetch(c.req.raw, c.env)
          : await answerStranger(c);
    parts.metrics.count('http_requests', {
      face: face.kind,
      status: `${Math.floor(response.status / 100)}xx`,
    });
    if (response.status >= 500) {
      parts.log.warn('request failed', {
        method: c.req.method,
        status: response.status,
        ms: parts.clock.now() - startedAt,
      });
    }
    return response;
  });
  return Object.assign(app, {
    mounted: [
      ...mountedOn('house', house),
      ...[...brands.values()].slice(0, 1).flatMap(of => mountedOn('brand', of)),
    ],
  });
}

const mountedOn = (face: Mounted['face'], { routes }: Hono): Mounted[] =>
  routes.map(({ method, path }) => ({ face, method, path }));

/** The request before an edge in between rewrote the address of a guest page. */
function requestAsked(request: Request): Request {
  const [address = '', ...query] = request.url.split('?');
  const start = address.indexOf('/', address.indexOf('://') + 3);
  const path = address.slice(start);
  const asked = pathAsked(path);
  if (start < 0 || asked === path) return request;
  return new Request([address.slice(0, start) + asked, ...query].join('?'), request);
}

/** People get a page, programs a problem document; whoever is not signed in is shown the way in. */
async function answerError(
  { log, clock, metrics }: WebParts,
  error: unknown,
  method: string,
  path: string,
  accept: string | undefined,
  asProblem: () => Response,
): Promise<Response> {
  if (error instanceof Refusal) metrics.count('refusals', { code: error.code });
  else log.error('request broke', { method, error });
  if (!accept?.includes('text/html')) return asProblem();
  if (error instanceof Refusal && error.code === 'sign-in-needed' && method === 'GET') {
    return new Response(null, {
      status: 303,
      headers: { location: `${paths.deskSignIn()}?for=${encodeURIComponent(path)}` },
    });
  }
  const problem = problemOf(error);
  const html = `${await (<ProblemPage problem={problem} at={isoInstant(clock.now())} />)}`;
  return new Response(html, {
    status: problem.status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
}

/** Says that the host is nobody's: to people on a page, to programs as a problem. */
async function answerStranger(c: Context): Promise<Response> {
  const answer = c.req.header('accept')?.includes('text/html')
    ? new Response(`<!doctype html>${await (<BareProblemPage problem={problemOf(hostUnknown)} />)}`, {
        status: problemOf(hostUnknown).status,
        headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
      })
    : problemResponse(c, hostUnknown);
  for (const [name, value] of Object.entries(brandProblemHeaders)) answer.headers.set(name, value);
  return answer;
}

const brandProblemHeaders = {
  'content-security-policy': "frame-ancestors 'none'",
  vary: 'Accept',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
} as const;

const hostUnknown = new Refusal(
  'host-unknown',
  'There is no such host here.',
  'Check the host in the address. Behind a proxy, have it forward the Host header.',
);

const notFound = (path: string) =>
  new Refusal(
    'not-found',
    `There is nothing at ${path.slice(0, 200)}.`,
    'The addresses are listed at /docs.',
  );

const policyOf = (photosTo: string | undefined) =>
  photosTo
    ? contentSecurityPolicy.replace("connect-src 'self'", `connect-src 'self' ${new URL(photosTo).origin}`)
    : contentSecurityPolicy;

function setHouseHeaders(headers: Headers, policy: string) {
  const type = headers.get('content-type') ?? '';
  // What is no page needs no more than that nobody frames it.
  if (!headers.has('content-security-policy')) {
    const isPage = type.startsWith('text/html');
    headers.set('content-security-policy', isPage ? policy : "frame-ancestors 'none'");
  }
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'same-origin');
  headers.set('x-robots-tag', 'noindex');
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
}
