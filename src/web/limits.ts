import type { Context, MiddlewareHandler } from 'hono';
import { rateLimit } from '#access/rate-limit.ts';
import type { Clock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';

/** Doors at which guessing would pay, and how often one caller may knock. Signed webhooks are not among them: a signature is not guessed. */
const doors = [
  {
    door: 'secret address',
    pattern: /^\/(webhooks|inbound\/mail)\/[^/]+\/[^/]+$/,
    burst: 300,
    perMinute: 300,
  },
  { door: 'sign-in', pattern: /^\/(desk|pay)\/(session|sign-in.*)$/, burst: 10, perMinute: 20 },
  { door: 'crew link', pattern: /^\/c\/session$/, burst: 20, perMinute: 30 },
  { door: 'feed', pattern: /^\/feeds\//, burst: 120, perMinute: 120 },
] as const;

type Door = (typeof doors)[number]['door'];

/**
 * Slows down whoever tries secrets at a door. The caller is the peer's address, or, behind one of `trustedProxies`, the last
 * address that proxy added to X-Forwarded-For. Throws the refusal `too-many-attempts` with `retryAfterMs`.
 */
export function doorLimits(options: { clock: Clock; trustedProxies: readonly string[] }): MiddlewareHandler {
  const rates = Object.fromEntries(doors.map(({ door, burst, perMinute }) => [door, { burst, perMinute }]));
  const allow = rateLimit<Door>({
    clock: options.clock,
    rates: rates as Record<Door, { burst: number; perMinute: number }>,
  });
  return async (c, next) => {
    const found = doors.find(({ pattern }) => pattern.test(c.req.path));
    if (found && (c.req.method === 'POST' || found.door === 'feed')) {
      const allowed = allow(callerOf(c, options.trustedProxies), found.door);
      if (!allowed.ok) {
        throw new Refusal(
          'too-many-attempts',
          'There were too many attempts from this address.',
          'Wait a little, then try again.',
          { retryAfterMs: allowed.retryAfterMs },
        );
      }
    }
    await next();
  };
}

/** Believes X-Forwarded-For only from a proxy that is known, and of it only what that proxy itself wrote: the last entry. */
export function callerOf(c: Context, trustedProxies: readonly string[]): string {
  const peer =
    (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket
      ?.remoteAddress ?? 'unknown';
  if (!trustedProxies.includes(peer.replace(/^::ffff:/, ''))) return peer;
  return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() || peer;
}
