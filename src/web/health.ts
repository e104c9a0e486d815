import { Hono } from 'hono';
import type { Metrics } from '#platform/metrics.ts';

/** A named thing that must work for the program to be of use. Throws, with a sentence, when it does not. */
export type ReadyCheck = { name: string; check: () => void | Promise<void> };

/** The headers that calls to us depend on and that a CDN or proxy in between may strip. */
export const carriedHeaders = [
  'authorization',
  'x-service-key',
  'x-api-key',
  'x-dashboard-token',
  'idempotency-key',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
] as const;

/** `/healthz`: the process answers. `/readyz`: its stores answer too. `/metrics`: Prometheus text.
 * `/healthz/headers` names those of the headers above that arrived, never their values: for `gangway doctor`. None needs a sign-in. */
export function healthRoutes(parts: { metrics: Metrics; ready: readonly ReadyCheck[] }): Hono {
  const app = new Hono();
  app.get('/healthz', c => c.json({ status: 'ok' }));
  app.get('/readyz', async c => {
    const checks: Record<string, string> = {};
    for (const { name, check } of parts.ready) {
      try {
        await check();
        checks[name] = 'ok';
      } catch {
        checks[name] = 'failing';
      }
    }
    const ready = Object.values(checks).every(state => state === 'ok');
    return c.json({ status: ready ? 'ready' : 'not ready', checks }, ready ? 200 : 503);
  });
  app.get('/healthz/headers', c =>
    c.json({ received: carriedHeaders.filter(name => c.req.header(name) !== undefined) }),
  );
  app.get('/metrics', async c =>
    c.text(await parts.metrics.text(), 200, { 'content-type': 'text/plain; version=0.0.4' }),
  );
  return app;
}
