import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import { statusOf } from './statuses.ts';

/** RFC 9457: what went wrong, in words for the person who can mend it. `code` is stable; `cure` says what to do. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  cure: string;
} & Record<string, unknown>;

export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) {
    return problem(statusOf(error.code), error.code, error.message, error.cure, error.data);
  }
  if (error instanceof Unavailable) {
    const status = error.code === 'disk-full' ? 507 : 503;
    return problem(status, error.code, error.message, 'Nothing was lost. Try again in a minute.');
  }
  return problem(
    500,
    'defect',
    'Something in Gangway itself went wrong.',
    'Try again; if it stays, the log has the details.',
  );
}

export function problemResponse(c: Context, error: unknown): Response {
  const body = problemOf(error);
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  };
  if (error instanceof Unavailable)
    headers['retry-after'] = String(Math.ceil((error.retryAfterMs ?? 60_000) / 1000));
  return c.body(JSON.stringify(body), body.status as ContentfulStatusCode, headers);
}

const problem = (
  status: number,
  code: string,
  detail: string,
  cure: string,
  data: Readonly<Record<string, unknown>> = {},
): Problem => ({
  ...data,
  type: `/docs/errors#${code}`,
  title: code.replaceAll('-', ' '),
  status,
  code,
  detail,
  cure,
});
