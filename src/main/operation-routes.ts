import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { sha256 } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import { type Operations, operate } from './operations.ts';

/**
 * Where the command line reaches a running server. The token changes at every start and stands in the data folder, readable
 * by its owner only: who can read it could as well read the files. Without a token nothing is served here.
 */
export function operationRoutes(operations: Operations, token: string | undefined): Hono {
  const app = new Hono();
  app.post('/api/operations/:name', async c => {
    const presented = c.req.header('authorization')?.replace(/^Bearer /, '') ?? '';
    if (!token || !sameSecret(presented, token)) {
      throw new Refusal(
        'operations-closed',
        'This is for the command line on the same machine.',
        'Use gangway on the machine where the server runs.',
      );
    }
    const input = (await c.req.json().catch(() => ({}))) as unknown;
    return c.json((await operate(operations, c.req.param('name'), input, 'command line')) ?? null);
  });
  return app;
}

const sameSecret = (a: string, b: string) => timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));
