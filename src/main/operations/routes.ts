import { timingSafeEqual } from 'node:crypto';
import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { sha256 } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import { jsonLimits } from '#lib/strict-json.ts';
import { type Operations, operate } from './operations.ts';

/**
 * Where the command line reaches a running server. The token changes at every start and stands in the data folder, readable
 * by its owner only: who can read it could as well read the files. Without a token nothing is served here,
 * and nothing of a body is read before it has been shown. Refusals: `operations-closed`, `body-too-large`, those of `operate`.
 */
export function operationRoutes(operations: Operations, token: string | undefined): Hono {
  const app = new Hono();
  const tokenFirst: MiddlewareHandler = async (c, next) => {
    const presented = c.req.header('authorization')?.replace(/^Bearer /, '') ?? '';
    if (!token || !sameSecret(presented, token)) {
      throw new Refusal(
        'operations-closed',
        'This is for the command line on the same machine.',
        'Use gangway on the machine where the server runs.',
      );
    }
    await next();
  };
  const limit = bodyLimit({ maxSize: jsonLimits.bytes, onError: tooLarge });
  app.post('/api/operations/:name', tokenFirst, limit, async c => {
    const input = (await c.req.json().catch(() => ({}))) as unknown;
    return c.json((await operate(operations, c.req.param('name'), input, 'command line')) ?? null);
  });
  return app;
}

function tooLarge(): never {
  throw new Refusal(
    'body-too-large',
    `The input is larger than ${jsonLimits.bytes} bytes.`,
    'No command needs as much; give it fewer things at once.',
    { limit: jsonLimits.bytes },
  );
}

const sameSecret = (a: string, b: string) => timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));
